// How far an upload has come on a slow line. Without this script the form is sent as any other.
"use strict";

const MEGABYTE = 1024 * 1024;
const inMegabytes = (bytes) => (bytes / MEGABYTE).toLocaleString("id", { maximumFractionDigits: 1 });

// What the server would refuse after minutes is said before the first byte.
function tooLarge(form, files) {
  const most = Number(form.dataset.mostBytes);
  const mostAtOnce = Number(form.dataset.mostAtOnce);
  const large = files.find((file) => file.size > most);
  if (large) {
    return `“${large.name}” berukuran ${inMegabytes(large.size)} MB. Batasnya ${inMegabytes(most)} MB; pindai ulang dengan resolusi 200 dpi.`;
  }
  const total = files.reduce((sum, file) => sum + file.size, 0);
  if (files.length > 1 && total > mostAtOnce) {
    return `Semua berkas bersama-sama berukuran ${inMegabytes(total)} MB. Batasnya ${inMegabytes(mostAtOnce)} MB sekali unggah; unggah sisanya kemudian.`;
  }
  return "";
}

function remaining(sent, total, begun) {
  const seconds = Math.ceil(((Date.now() - begun) / 1000 / sent) * (total - sent));
  return seconds >= 60 ? `${Math.ceil(seconds / 60)} menit` : `${seconds} detik`;
}

// The answer takes the place of the page, and the files that were chosen stay chosen.
function show(form, answer) {
  const page = new DOMParser().parseFromString(answer, "text/html");
  const chosen = form.querySelector("input[type=file]").files;
  document.title = page.title;
  document.getElementById("isi").replaceWith(document.adoptNode(page.getElementById("isi")));
  const input = document.querySelector("form[data-upload] input[type=file]");
  if (input) input.files = chosen;
  const problems = document.getElementById("galat") || document.getElementById("isi");
  problems.focus();
}

function send(form) {
  const state = form.querySelector(".upload-state");
  const bar = state.querySelector("progress");
  const words = state.querySelector("[role=status]");
  const cancel = state.querySelector("button");
  const submit = form.querySelector("[type=submit]");
  const say = (text) => {
    state.hidden = false;
    words.textContent = text;
  };
  const stop = (text) => {
    submit.disabled = false;
    bar.hidden = cancel.hidden = true;
    say(text);
  };
  const problem = tooLarge(form, [...form.querySelector("input[type=file]").files]);
  if (problem) {
    stop(problem);
    return;
  }

  const request = new XMLHttpRequest();
  const begun = Date.now();
  let told = -1;
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.floor((event.loaded / event.total) * 100);
    bar.value = percent;
    // Read aloud at every tenth, not at every packet.
    if (Math.floor(percent / 10) === told) return;
    told = Math.floor(percent / 10);
    say(
      percent < 100
        ? `Mengunggah ${percent}%: ${inMegabytes(event.loaded)} dari ${inMegabytes(event.total)} MB, sisa sekitar ${remaining(event.loaded, event.total, begun)}.`
        : "Terkirim. Berkas sedang diperiksa.",
    );
  });
  request.addEventListener("load", () => {
    const place = request.getResponseHeader("Location");
    if (request.status === 201 && place) {
      window.location.assign(place);
    } else if (request.responseText.includes('id="isi"')) {
      show(form, request.responseText);
    } else {
      stop(`Unggahan ditolak (${request.status}). Tidak ada yang tersimpan.`);
    }
  });
  request.addEventListener("error", () =>
    stop("Sambungan terputus. Tekan Unggah lagi; berkas yang sama tidak tersimpan dua kali."),
  );
  request.addEventListener("abort", () => stop("Unggahan dibatalkan. Tidak ada yang tersimpan."));
  cancel.onclick = () => request.abort();

  submit.disabled = true;
  bar.value = 0;
  bar.hidden = cancel.hidden = false;
  say("Mengunggah.");
  request.open("POST", window.location.href.split("#")[0]);
  request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  request.send(new FormData(form));
}

document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-upload]")) {
    event.preventDefault();
    send(event.target);
  }
});
