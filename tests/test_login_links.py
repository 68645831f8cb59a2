"""One-time login links: made by a keeper, opened by the owner, spent by a password."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from institutions.models import LinkOrigin, LoginLink, User
from tests.account_pages import PASSWORD, path_of, sign_in
from tests.admin_forms import as_user

pytestmark = pytest.mark.django_db
DEAD = "Tautan ini tidak berlaku"


@pytest.fixture(autouse=True)
def quick_hashing(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def link(humas: User, pembaca: User) -> LoginLink:
    return LoginLink.objects.make(humas, by=pembaca)


def redeem(path: str, password: str = PASSWORD, client: Client | None = None):
    return (client or Client()).post(path, {"new_password1": password, "new_password2": password})


def is_dead(path: str) -> bool:
    looked, tried = Client().get(path), redeem(path)
    texts = [looked.content.decode(), tried.content.decode()]
    return [looked.status_code, tried.status_code] == [404, 404] and all(
        DEAD in text for text in texts
    )


def test_the_owner_makes_a_password_and_is_signed_in(link: LoginLink, humas: User) -> None:
    client = Client()
    assert "Lanjut membuat sandi" in client.get(path_of(link)).content.decode()
    assert "Buat sandi Anda" in client.post(path_of(link)).content.decode()
    assert redeem(path_of(link), client=client)["Location"] == "/"
    assert client.get("/").status_code == 200
    humas.refresh_from_db()
    assert humas.check_password(PASSWORD)
    assert humas.last_login is not None
    client.post("/keluar/")
    assert sign_in(client, "humas", PASSWORD) == 302


def test_looking_does_not_spend_it(link: LoginLink) -> None:
    for _ in range(3):
        for method in ("GET", "HEAD", "POST"):
            assert Client().generic(method, path_of(link)).status_code == 200
    assert redeem(path_of(link)).status_code == 302


def test_it_works_once(link: LoginLink, humas: User) -> None:
    assert redeem(path_of(link)).status_code == 302
    assert is_dead(path_of(link))
    humas.refresh_from_db()
    assert humas.check_password(PASSWORD)


def test_two_who_open_it_at_once_get_one_password(link: LoginLink, humas: User) -> None:
    second = LoginLink.objects.get(pk=link.pk)
    link.use(PASSWORD)
    with pytest.raises(ValidationError):
        second.use("padi-menguning-8")
    humas.refresh_from_db()
    assert humas.check_password(PASSWORD)


def test_it_lasts_three_days(link: LoginLink) -> None:
    for hours, status in ((71.9, 200), (72.1, 404)):
        later = link.made_at + timedelta(hours=hours)
        with mock.patch("django.utils.timezone.now", return_value=later):
            assert Client().get(path_of(link)).status_code == status


def test_a_new_link_ends_the_older_one(link: LoginLink, humas: User, pembaca: User) -> None:
    newer = LoginLink.objects.make(humas, by=pembaca)
    assert is_dead(path_of(link))
    assert redeem(path_of(newer)).status_code == 302


def test_a_link_by_mail_ends_only_links_by_mail(link: LoginLink, humas: User) -> None:
    """Anybody may ask for one, so it takes nobody's slip away."""
    by_mail = [LoginLink.objects.make(humas, by=humas, origin=LinkOrigin.OWNER) for _ in "ab"]
    assert is_dead(path_of(by_mail[0]))
    assert by_mail[1].works
    assert LoginLink.objects.get(pk=link.pk).works


@pytest.mark.parametrize("way", ["password", "admin", "closed", "closed and open", "saved closed"])
def test_it_dies_with_what_it_was_made_for(
    link: LoginLink, humas: User, pengelola: User, way: str
) -> None:
    if way == "password":
        humas.renew_password("padi-menguning-8", by=humas, reason="Contoh")
    elif way == "admin":
        page = f"/admin/auth/user/{humas.pk}/password/".replace("auth/user", "institutions/user")
        as_user(pengelola).post(page, {"password1": "padi-kuning-8", "password2": "padi-kuning-8"})
    elif way == "saved closed":
        humas.is_active = False
        humas.save()
    else:
        humas.close(by=pengelola, reason="Pindah")
        if way == "closed and open":
            humas.reopen(by=pengelola, reason="Kembali")
    before = User.objects.get(pk=humas.pk).password
    assert is_dead(path_of(link))
    assert User.objects.get(pk=humas.pk).password == before


def test_a_closed_account_gets_none(humas: User, pengelola: User) -> None:
    humas.close(by=pengelola, reason="Pindah")
    with pytest.raises(ValidationError):
        LoginLink.objects.make(humas, by=pengelola)
    answer = as_user(pengelola).post(f"/akun/{humas.pk}/tautan/", follow=True)
    assert "Akun ini ditutup" in answer.content.decode()


def test_other_sessions_end(link: LoginLink, humas: User) -> None:
    elsewhere = as_user(humas)
    redeem(path_of(link))
    assert elsewhere.get("/")["Location"].startswith("/masuk/")


def test_the_database_holds_no_link(link: LoginLink) -> None:
    token = path_of(link).split("/")[2]
    stored = LoginLink.objects.filter(pk=link.pk).values().get()
    assert len(token.replace("-", "")) == 20
    assert not [value for value in stored.values() if token in str(value)]
    assert not [value for value in stored.values() if token.replace("-", "") in str(value)]


def test_links_are_never_alike(humas: User, pembaca: User) -> None:
    links = [LoginLink.objects.make(humas, by=pembaca) for _ in range(50)]
    assert len({link.url for link in links}) == 50
    letters = set("".join(path_of(link).split("/")[2] for link in links)) - {"-"}
    assert not letters & set("01lo")


def test_it_may_be_typed_from_paper(link: LoginLink) -> None:
    token = path_of(link).split("/")[2]
    for typed in (token.upper(), token.replace("-", ""), token.replace("i", "1")):
        assert Client().get(f"/masuk/{typed}/").status_code == 200


@pytest.mark.parametrize(
    "token", ["x", "abcd-efgh-jkmn-pqrs-tuvw", "%F0%9F%99%82", "a" * 5000, "' or 1=1"]
)
def test_a_made_up_link_is_dead(token: str) -> None:
    assert is_dead(f"/masuk/{token}/")


def test_the_address_comes_from_the_settings(settings, humas: User, pembaca: User) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.BASE_URL = "https://register.contoh.go.id"
    client = as_user(pembaca)
    hostile = {"Host": "jahat.example", "X-Forwarded-Host": "jahat.example"}
    page = client.post(f"/akun/{humas.pk}/tautan/", headers=hostile)
    slip = client.get(page["Location"], headers=hostile).content.decode()
    assert "https://register.contoh.go.id/masuk/" in slip
    assert "jahat.example" not in slip


def test_the_page_is_kept_nowhere_and_told_to_nobody(link: LoginLink) -> None:
    for response in (Client().get(path_of(link)), Client().post(path_of(link))):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "strict-origin"
        assert "noindex" in response.content.decode()


def test_a_bad_password_spends_nothing(link: LoginLink, humas: User) -> None:
    for password in ("pendek", "12345678901", "Lapas2026!", "bapas-jember-99", "humas-humas"):
        response = redeem(path_of(link), password)
        assert response.status_code == 200
        assert "perlu diperbaiki" in response.content.decode()
    assert redeem(path_of(link)).status_code == 302


def test_without_the_form_token_nothing_happens(link: LoginLink) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert redeem(path_of(link), client=strict).status_code == 403
    assert LoginLink.objects.get(pk=link.pk).works


def test_whoever_is_signed_in_becomes_the_owner(link: LoginLink, humas_lain: User) -> None:
    client = as_user(humas_lain)
    before = client.session.session_key
    redeem(path_of(link), client=client)
    assert client.get("/").context["user"].username == "humas"
    assert client.session.session_key != before


def test_the_device_is_known_from_now_on(link: LoginLink) -> None:
    client = Client()
    redeem(path_of(link), client=client)
    for number in range(6):
        sign_in(Client(), "humas", f"salah-{number}")
    assert sign_in(Client(), "humas", PASSWORD) == 429
    assert sign_in(client, "humas", PASSWORD) == 302


# Slips


def test_the_slip_says_what_to_do(humas: User, pembaca: User) -> None:
    client = as_user(pembaca)
    slip = client.post(f"/akun/{humas.pk}/tautan/", follow=True).content.decode()
    link = LoginLink.objects.get()
    assert link.url in slip
    assert "Salin untuk WhatsApp" in slip
    assert "Bapas Jember" in slip


def test_a_slip_is_for_who_made_it(link: LoginLink, pengelola: User, pembaca: User) -> None:
    page = f"/akun/slip/{link.batch}/"
    assert link.url in as_user(pembaca).get(page).content.decode()
    assert as_user(pengelola).get(page).status_code == 404
    assert "no-store" in as_user(pembaca).get(page)["Cache-Control"]


def test_a_slip_does_not_outlive_the_right_to_make_it(
    link: LoginLink, humas: User, pembaca: User, pengelola: User, lapas_purwodadi
) -> None:
    client = as_user(pembaca)
    humas.unit = lapas_purwodadi
    humas.record(by=pengelola, reason="Pindah")
    assert client.get(f"/akun/slip/{link.batch}/").status_code == 404


def test_a_spent_link_is_shown_no_more(link: LoginLink, pembaca: User) -> None:
    url = link.url
    redeem(path_of(link))
    slip = as_user(pembaca).get(f"/akun/slip/{link.batch}/").content.decode()
    assert url not in slip
    assert "sudah dipakai" in slip


def test_with_another_key_links_work_but_cannot_be_shown(
    link: LoginLink, pembaca: User, settings
) -> None:
    path = path_of(link)
    settings.SECRET_KEY = "kunci-baru" * 6
    assert Client().get(path).status_code == 200
    assert LoginLink.objects.get(pk=link.pk).url == ""


# The command


def test_the_command_prints_a_link(humas: User, capsys) -> None:
    call_command("login_link", "humas")
    address = capsys.readouterr().out.strip()
    assert address.startswith("http://127.0.0.1:8000/masuk/")
    assert redeem("/masuk/" + address.rsplit("/masuk/", 1)[1]).status_code == 302


def test_the_command_refuses_in_words(humas: User, capsys) -> None:
    with pytest.raises(CommandError, match="tidak-ada"):
        call_command("login_link", "tidak-ada")
    humas.close(by=None, reason="Contoh")
    with pytest.raises(CommandError, match="ditutup"):
        call_command("login_link", "humas")
