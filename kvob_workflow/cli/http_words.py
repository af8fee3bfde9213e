"""Which words do the help pages of `kvob serve` and `kvob api` use?"""

from typing import Final

from kvob_domain.words import Text

HTTP_WORDS: Final[dict[str, Text]] = {
    "host": Text(
        "adres om op te luisteren; standaard 127.0.0.1: alleen deze machine",
        "address to listen on; 127.0.0.1 when absent: this machine alone",
    ),
    "port": Text(
        "poort; standaard 8321, 0 is een vrije", "port; 8321 when absent, 0 is one that is free"
    ),
    "serve:access": Text(
        "TOML-bestand dat zegt wie er binnen mag; standaard KVOB_ACCESS",
        "TOML file that says who may come in; KVOB_ACCESS when absent",
    ),
    "development": Text(
        "om te proberen: laat iedereen op deze machine binnen",
        "to try it out: lets in anybody on this machine",
    ),
    "no_alarm": Text(
        "bewaak hier de termijnen niet", "do not watch over the deadlines in this process"
    ),
    "witness_key": Text(
        "openbare sleutel van een getuige, of bestand met een per regel",
        "public key of a witness, or a file with one a line",
    ),
    "demo:serve": Text(
        "bied daarna het bord aan, ook zonder terminal",
        "serve the board afterwards, without a terminal too",
    ),
    "session init:file": Text("in dit nieuwe bestand", "in this new file"),
    "no_pages": Text("bied alleen de API aan, geen pagina's", "serve the API alone, no pages"),
    "serve:title": Text("wat boven elke pagina staat", "what stands at the top of each page"),
    "theme": Text(
        "CSS-bestand met de huisstijl (variabelen van NL Design System)",
        "CSS file with the house style (variables of NL Design System)",
    ),
    "proxy": Text(
        "adres van de proxy met TLS die ervoor staat",
        "address of the proxy with TLS in front of it",
    ),
}
