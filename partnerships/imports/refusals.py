"""Why a file is no list the register can read; whole sentences for the person who sent it."""


class NotAList(Exception):
    """Carries the sentence."""


SAVE_ANEW = "Buka di Excel, simpan sebagai Buku Kerja Excel (.xlsx) atau CSV, lalu unggah lagi."
EMPTY = "Berkas kosong. Periksa berkasnya, lalu unggah lagi."
DAMAGED = f"Berkas rusak atau tidak utuh. {SAVE_ANEW}"
LOCKED = "Berkas terkunci kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."
MACROS = (
    "Berkas membawa makro atau isi yang tidak biasa. Simpan sebagai Buku Kerja Excel (.xlsx) tanpa"
    " makro, lalu unggah lagi."
)
OLD_FORM = f"Berkas ini berbentuk Excel lama (.xls) atau terkunci kata sandi. {SAVE_ANEW}"
OTHER_FORM = f"Berkas ini bukan XLSX atau CSV. {SAVE_ANEW}"
TOO_LARGE_INSIDE = (
    "Berkas terlalu besar setelah dibuka. Hapus gambar dan baris kosong di bawah daftar, atau bagi"
    " menjadi beberapa berkas."
)
