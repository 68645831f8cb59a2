"""How gunicorn serves the register: python -m gunicorn --config config/gunicorn.conf.py"""

from gunicorn.arbiter import Arbiter

from config.environment import BASE_DIR, read_environment

env = read_environment()

wsgi_app = "config.wsgi"
chdir = str(BASE_DIR)
host = env.text("HOST", "127.0.0.1")
port = env.whole_number("PORT", 8000, least=1)
bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

# Threads, because a scan that trickles in over a bad line occupies a thread and not a process.
worker_class = "gthread"
workers = env.whole_number("WEB_CONCURRENCY", 2, least=1)
threads = 4
# People think between two pages, and nginx keeps an idle connection for 60 seconds: it has to find
# it open still.
keepalive = 65
# Memory does not grow, and a worker that begins anew keeps people waiting for a second.
max_requests = 20_000
max_requests_jitter = 2_000

# A gthread worker beats its heart between requests as well as during them, so the timeout ends
# hung processes and never a long upload. What could cut an upload off is the renewal of a worker:
# 20 MB at 1 Mbps take 168 seconds, and that long it waits for requests under way.
timeout = 60
graceful_timeout = 180

limit_request_line = 8190
# What a proxy says is read in one place, by the settings, and only with TRUSTED_PROXY_COUNT.
# gunicorn would believe any caller on this machine, up to the path and the scheme of the request.
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""

accesslog = None
errorlog = "-"
loglevel = env.text("LOG_LEVEL", "INFO").lower()
# It would lie in the home folder, where two registers of one account meet.
control_socket_disable = True


def when_ready(server: Arbiter) -> None:
    address = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    shown = f"[{address}]" if ":" in address else address
    print(f"Register siap di http://{shown}:{port}/ (Ctrl+C untuk berhenti)", flush=True)
