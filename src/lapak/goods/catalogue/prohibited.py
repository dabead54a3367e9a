"""Words of goods that may not be sold here, as kept data, and where a listing uses one.

A word proves nothing: a listing with one is looked at by a person, and never refused for it. `spared` are the usual honest
uses, which are passed over. The sources are named for the operator to look into before they decide: none of their texts
was read for this list.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LOOKED_UP = date(2026, 11, 28)
"""When the sources below were looked up."""


@dataclass(frozen=True, slots=True)
class ProhibitedKind:
    """A kind of goods that the law keeps from being sold here. Words are of Indonesian and English, in small letters."""

    code: str
    title: "str | Promise"
    source: str
    words: tuple[str, ...]
    spared: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Match:
    """A word of a listing that a kind names, as it stands in the list."""

    kind: ProhibitedKind
    word: str


PROHIBITED: tuple[ProhibitedKind, ...] = (
    ProhibitedKind(
        "weapons",
        _("Weapons, ammunition and explosives"),
        "UU Drt 12/1951",
        (
            "senjata api", "pistol", "revolver", "senapan", "airsoft gun", "airgun", "amunisi", "peluru tajam", "bubuk mesiu",
            "bahan peledak", "dinamit", "detonator", "granat", "bom ikan", "knuckle duster",
            "firearm", "firearms", "handgun", "rifle", "ammunition", "live ammo", "gunpowder", "explosives", "dynamite",
            "hand grenade", "brass knuckles", "stun gun", "alat kejut listrik",
        ),
        (
            "pistol air", "pistol mainan", "pistol gelembung", "pistol lem", "pistol semprot", "pistol cat", "massage gun",
            "pistol sabun", "senapan mainan", "senapan air", "water pistol", "toy pistol", "toy rifle", "granat mainan",
            "kostum pistol", "sarung pistol mainan",
        ),
    ),
    ProhibitedKind(
        "drugs",
        _("Narcotics and psychotropic substances"),
        "UU 35/2009, UU 5/1997",
        (
            "narkotika", "narkoba", "ganja", "mariyuana", "sabu sabu", "shabu shabu kristal", "ekstasi", "kokain", "heroin",
            "putaw", "opium", "tembakau gorila", "tembakau sintetis", "jamur ajaib", "magic mushroom", "magic mushrooms",
            "psilocybin", "lsd", "kratom", "cannabis", "marijuana", "methamphetamine", "cocaine", "thc", "mdma", "ketamin",
            "ketamine", "bong kaca", "pil koplo",
        ),
        ("daun ganja motif", "motif daun ganja", "ganja gayo", "anti narkoba", "bahaya narkoba", "cegah narkoba"),
    ),
    ProhibitedKind(
        "medicine",
        _("Medicine on prescription"),
        "Peraturan BPOM 8/2020",
        (
            "obat keras", "antibiotik", "amoxicillin", "amoksisilin", "ciprofloxacin", "azithromycin", "azitromisin",
            "dexamethasone", "deksametason", "misoprostol", "cytotec", "obat aborsi", "obat penggugur", "sildenafil",
            "tadalafil", "viagra", "cialis", "tramadol", "diazepam", "alprazolam", "xanax", "codeine", "kodein", "clonazepam",
            "isotretinoin", "roaccutane", "hidrokuinon", "hydroquinone", "ozempic", "semaglutide", "prescription drug",
            "prescription only", "tretinoin",
        ),
        ("bebas hidrokuinon", "tanpa hidrokuinon", "hydroquinone free", "tidak mengandung hidrokuinon", "tanpa antibiotik",
         "bebas antibiotik"),
    ),
    ProhibitedKind(
        "wildlife",
        _("Protected animals and plants, and what is made of them"),
        "UU 5/1990, UU 32/2024, Permen LHK P.106/2018",
        (
            "gading gajah", "sisik trenggiling", "cula badak", "taring harimau", "kulit harimau", "kuku harimau",
            "tempurung penyu", "telur penyu", "sisik penyu", "karapas penyu", "kakatua jambul kuning", "nuri kepala hitam",
            "cenderawasih", "orangutan hidup", "bayi orangutan", "kukang", "owa jawa", "elang jawa", "opsetan",
            "offset kepala rusa", "karang hidup", "akar bahar", "ivory tusk", "elephant ivory",
            "rhino horn", "pangolin scales", "tiger skin", "tiger tooth", "turtle shell", "turtle eggs", "slow loris",
            "taxidermy tiger",
        ),
        ("boneka kukang", "boneka cenderawasih", "motif cenderawasih", "batik cenderawasih", "gambar cenderawasih",
         "lukisan cenderawasih", "bunga cenderawasih"),
    ),
    ProhibitedKind(
        "alcohol",
        _("Alcoholic drinks"),
        "Perpres 74/2013, Permendag 20/2014",
        (
            "minuman keras", "minuman beralkohol", "miras", "arak bali", "sopi", "ciu bekonang", "tuak", "anggur merah",
            "cap tikus", "bir bintang", "whisky", "whiskey", "vodka", "brandy", "tequila", "soju", "sake jepang", "liquor",
            "red wine", "white wine", "champagne",
        ),
        (
            "anti miras", "gelas whisky", "gelas whiskey", "whisky glass", "anggur merah segar", "buah anggur merah",
            "bibit anggur merah", "warna champagne", "champagne gold", "warna red wine", "soju non alkohol", "soju halal",
            "soju gelas", "gelas soju",
        ),
    ),
    ProhibitedKind(
        "tobacco",
        _("Cigarettes and electronic cigarettes"),
        "PP 28/2024",
        (
            "rokok", "rokok elektrik", "rokok elektronik", "vape", "liquid vape", "pod vape", "cerutu", "tembakau linting",
            "cigarette", "cigarettes", "e cigarette", "vaporizer pod", "nicotine pouch", "nikotin", "heated tobacco",
        ),
        ("asbak rokok", "tempat rokok", "kotak rokok", "korek rokok", "bebas rokok", "berhenti merokok", "anti rokok",
         "dilarang merokok", "bau rokok", "asap rokok"),
    ),
    ProhibitedKind(
        "used_clothes",
        _("Used clothes from abroad"),
        "Permendag 40/2022",
        ("thrift import", "baju bekas impor", "pakaian bekas impor", "balpres", "bal segel", "cakar impor", "thrift korea",
         "thrift jepang", "imported used clothes", "used clothes bale"),
    ),
    ProhibitedKind(
        "gambling",
        _("Gambling"),
        "UU 1/2023, UU 1/2024",
        ("slot gacor", "chip domino", "koin judi", "judi online", "togel", "mesin judi", "kupon undian judi", "slot machine",
         "chip higgs domino", "gambling chips", "casino account"),
    ),
    ProhibitedKind(
        "papers",
        _("False money and false papers"),
        "UU 7/2011, UU 1/2023",
        ("uang palsu", "ijazah palsu", "jasa ijazah", "ktp palsu", "sim palsu", "stnk palsu", "bpkb palsu", "buku nikah palsu",
         "sertifikat palsu", "surat dokter palsu", "counterfeit money", "fake diploma", "fake id card", "fake passport"),
        ("detektor uang palsu", "pendeteksi uang palsu", "alat deteksi uang palsu", "cek uang palsu", "money detector"),
    ),
    ProhibitedKind(
        "pornography",
        _("Pornography"),
        "UU 44/2008",
        ("film porno", "video porno", "vcd porno", "majalah porno", "video bokep", "pornographic",
         "porn video", "pornography"),
    ),
    ProhibitedKind(
        "bodies",
        _("Human organs and blood"),
        "UU 17/2023",
        ("jual ginjal", "donor ginjal", "organ tubuh manusia", "darah manusia", "human organ", "human kidney",
         "human blood"),
    ),
    ProhibitedKind(
        "hazards",
        _("Dangerous substances"),
        "Permendag 7/2022, PP 74/2001",
        ("merkuri", "air raksa", "sianida", "potasium sianida", "potassium cyanide", "mercury liquid", "formalin", "boraks",
         "rhodamin b", "asam sulfat pekat"),
        ("bebas merkuri", "tanpa merkuri", "mercury free", "tidak mengandung merkuri", "bebas boraks", "tanpa boraks",
         "tanpa formalin", "bebas formalin", "non merkuri", "non boraks"),
    ),
    ProhibitedKind(
        "subsidised",
        _("Goods with a subsidy of the state"),
        "Perpres 191/2014, Permentan 10/2022",
        ("gas elpiji 3 kg isi", "pupuk bersubsidi", "solar bersubsidi", "pertalite", "beras bansos", "subsidised fertiliser"),
    ),
)  # fmt: skip
"""Every kind, and the honest uses that its words are spared in."""


def prohibited_words_in(title: str, description: str) -> list[Match]:
    """The words of prohibited goods that a listing uses, each once, in the order of the list; none where it uses none."""
    text = _plain(f"{title} \n {description}")
    return [Match(kind, word) for kind in PROHIBITED for word in _used(kind, text)]


def _used(kind: ProhibitedKind, text: str) -> list[str]:
    """Which words of the kind stand in the text outside their honest uses."""
    if not (found := _MATCHERS[kind.code].findall(text)):
        return []
    rest = set(_MATCHERS[kind.code].findall(_spare(kind, text)))
    return [word for word in kind.words if word in found and word in rest]


def _spare(kind: ProhibitedKind, text: str) -> str:
    return _any_of(kind.spared).sub(" ", text) if kind.spared else text


def _plain(text: str) -> str:
    """Small letters without accents, and one blank where there is anything else."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", " ", bare)


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Whole words, the longest phrase first: `pistol air` before `pistol`."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


_MATCHERS = {kind.code: _any_of(kind.words) for kind in PROHIBITED}
