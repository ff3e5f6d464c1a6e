"""The invented people of the samples. Region 337599 and these names belong to nobody."""

import random
from dataclasses import dataclass, field

MAIL = "contoh.pekalongankota.go.id"


@dataclass(frozen=True)
class Person:
    """One invented civil servant. `serial` is the old certificate's, 128 bits, fixed by the name."""

    key: str
    name: str
    born: str
    woman: bool
    appointed: str
    number: int
    rank: str
    position: str
    agency: str
    expired: bool = False
    serial: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "serial", random.Random("seri " + self.key).getrandbits(126) | 1 << 126)

    @property
    def nik(self) -> str:
        day = int(self.born[6:]) + (40 if self.woman else 0)
        return f"337599{day:02d}{self.born[4:6]}{self.born[2:4]}{self.number:04d}"

    @property
    def nip(self) -> str:
        return f"{self.born}{self.appointed}{2 if self.woman else 1}{self.number:03d}"

    @property
    def nip_printed(self) -> str:
        return f"{self.nip[:8]} {self.nip[8:14]} {self.nip[14]} {self.nip[15:]}"

    @property
    def email(self) -> str:
        return f"{self.key}@{MAIL}"

    @property
    def phone(self) -> str:
        return f"+62 812-0000-{self.number + 10:04d}"

    @property
    def serial_hex(self) -> str:
        text = f"{self.serial:032X}"
        return ":".join(text[i : i + 2] for i in range(0, 32, 2))


def _person(*values: object, expired: bool = False) -> Person:
    return Person(*values, expired=expired)  # type: ignore[arg-type]


PEOPLE = {
    person.key: person
    for person in (
        _person("sekar.contohwati", "Sekar Contohwati, S.I.Pust.", "19900215", True, "201903", 1,
                "Penata Muda / III/a", "Pustakawan Ahli Pertama", "Dinas Perpustakaan Contoh"),
        _person("joko.permisalan", "Joko Permisalan, S.E.", "19850708", False, "201001", 2,
                "Penata / III/c", "Analis Keuangan", "Badan Keuangan Daerah Contoh"),
        _person("yohanes.contohkan", "dr. Yohanes Contohkan, Sp.PD", "19781130", False, "200604", 3,
                "Pembina / IV/a", "Dokter Ahli Madya", "RSUD Contoh"),
        _person("niluh.rekayasa", "Ni Luh Ayu Rekayasa, S.K.M.", "19920521", True, "201703", 4,
                "Penata Muda Tk. I / III/b", "Epidemiolog Kesehatan Ahli Pertama", "Dinas Kesehatan Contoh"),
        _person("maria.seumpama", "Maria F. Seumpama, S.Pd.", "19880312", True, "201201", 5,
                "Penata / III/c", "Guru Ahli Muda", "Dinas Pendidikan Contoh"),
        _person("endang.perandaian", "Endang Perandaian, S.E.", "19810904", True, "200803", 6,
                "Penata Tk. I / III/d", "Kepala Subbagian Keuangan", "Badan Pendapatan Daerah Contoh"),
        _person("budi.andaikata", "Budi Andaikata, S.Kom.", "19940117", False, "202012", 7,
                "Penata Muda / III/a", "Pranata Komputer Ahli Pertama", "Dinas Perhubungan Contoh"),
        _person("rini.misalnya", "Rini Misalnya, A.Md.", "19910625", True, "201502", 8,
                "Pengatur / II/c", "Pengelola Data", "Kecamatan Contoh Barat"),
        _person("hadi.umpamanto", "Hadi Umpamanto, S.STP.", "19891202", False, "201206", 9,
                "Penata / III/c", "Analis Tata Laksana", "Sekretariat Daerah Contoh"),
        _person("agus.samanama", "Agus Samanama, S.H.", "19830419", False, "200902", 11,
                "Penata Tk. I / III/d", "Auditor Ahli Muda", "Inspektorat Contoh"),
        _person("agus.samanama2", "Agus Samanama, S.T.", "19870810", False, "201404", 12,
                "Penata / III/c", "Teknik Jalan dan Jembatan Ahli Muda", "Dinas Pekerjaan Umum Contoh"),
        _person("wahyu.keliruseri", "Wahyu Keliruseri, S.Sos.", "19860203", False, "201101", 13,
                "Penata / III/c", "Penyuluh Sosial Ahli Muda", "Dinas Sosial Contoh"),
        _person("tri.purnamasa", "Tri Purnamasa, S.Sos.", "19840927", True, "201003", 14,
                "Penata / III/c", "Pengelola Kepegawaian", "Badan Kepegawaian Contoh", expired=True),
        _person("dewi.contohsari", "Dewi Contohsari, S.Kom.", "19930714", True, "201902", 15,
                "Penata Muda Tk. I / III/b", "Arsiparis Ahli Pertama", "Dinas Perpustakaan Contoh"),
        _person("lestari.upamawati", "Lestari Upamawati, S.Hum.", "19950330", True, "202203", 16,
                "Penata Muda / III/a", "Pustakawan Ahli Pertama", "Dinas Perpustakaan Contoh"),
        _person("bambang.khayalan", "Bambang Khayalan, S.T.", "19800511", False, "200701", 17,
                "Pembina / IV/a", "Kepala Bidang Tata Ruang", "Dinas Pekerjaan Umum Contoh"),
        _person("fitri.andaian", "Fitri Andaian, S.Psi.", "19961018", True, "202203", 18,
                "Penata Muda / III/a", "Psikolog Klinis Ahli Pertama", "RSUD Contoh"),
    )
}  # fmt: skip
