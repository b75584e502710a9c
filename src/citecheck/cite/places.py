"""Places of publication, to tell a place from a publisher without a colon (a table)."""

from __future__ import annotations

_PLACES = (
    "Amsterdam|Ann Arbor|Antwerp|Athens|Atlanta|Baltimore|Bangkok|Barcelona|Basel|Basingstoke|"
    "Beijing|Beirut|Belgrade|Berkeley|Berlin|Bern|Bloomington|Bogotá|Bonn|Boston|Boulder|"
    "Bratislava|Brussels|Bruxelles|Brüssel|Bucharest|Budapest|Buenos Aires|Cairo|Cambridge"
    "|Canberra|"
    "Cape Town|Caracas|Cham|Chapel Hill|Cheltenham|Chicago|Cologne|Copenhagen|Delhi|Den Haag|Dhaka|"
    "Dordrecht|Dresden|Dublin|Durham|Düsseldorf|Edinburgh|Erfurt|Essen|Florence|Firenze|Frankfurt|"
    "Frankfurt a. M.|Frankfurt a.M.|Frankfurt am Main|Freiburg|Freiburg i. Br.|Geneva|Genève"
    "|Genf|Glasgow|Gothenburg|Göttingen|Graz|"
    "Halle|Hamburg|Hannover|Hanoi|Havana|Heidelberg|Helsinki|Hong Kong|Honolulu|Innsbruck|Istanbul|"
    "Ithaca|Ithaca, NY|Jakarta|Jena|Jerusalem|Johannesburg|Karlsruhe|Kiel|Kiev|Konstanz|Kraków"
    "|Kuala Lumpur|Kyiv|Kyoto|Köln|Lagos|"
    "La Habana|Lausanne|Leiden|Leipzig|Leuven|Lima|Lisboa|Lisbon|Ljubljana|London|Los Angeles"
    "|Louvain|Lyon|Madison|"
    "Madrid|Mainz|Manchester|Manila|Marburg|Marseille|Melbourne|Mexico City|México|Milan|Milano"
    "|Minneapolis|Minsk|"
    "Montreal|Montréal|Moscow|Moskau|Mumbai|Munich|München|Münster|Nairobi|Nanjing|New Brunswick|"
    "New Delhi|New Haven|New York|New York, NY|Osaka|Oslo|Ottawa|Oxford|Padua|Palo Alto|Paris"
    "|Philadelphia|Pittsburgh|"
    "Potsdam|Prague|Praha|Prag|Princeton|Princeton, NJ|Pyongyang|Quebec|Québec|Reading"
    "|Regensburg|Reykjavik|Riga|Rio de Janeiro|Roma|"
    "Rome|Rostock|Rotterdam|Saarbrücken|Salzburg|San Francisco|Santa Monica|Santiago|São Paulo"
    "|Sarajevo|Seattle|Seoul|"
    "Shanghai|Singapore|Sofia|St Andrews|St. Petersburg|Stanford|Stockholm|Strasbourg|Stuttgart|"
    "Sydney|São Paulo|Taipei|Tallinn|Tbilisi|Tehran|Tel Aviv|The Hague|Tokyo|Torino|Toronto"
    "|Tübingen|"
    "Turin|Uppsala|Utrecht|Valencia|Vancouver|Venezia|Venice|Vienna|Vilnius|Wien|Warsaw|Warszawa"
    "|Warschau|"
    "Washington|Washington, DC|Washington, D.C.|Washington DC|Washington D.C.|Wellington"
    "|Wiesbaden|Würzburg|Zagreb|Zurich|Zürich|"
    "Москва|Санкт-Петербург|М.|СПб.|Киев|Минск|北京|上海|東京|京都|台北|서울|平壤"
)
PLACES = frozenset(_PLACES.split("|"))


def is_place(text: str) -> bool:
    """Whether a text is a known place of publication, or several joined by slash, dash or `and`."""
    text = text.strip(" ,.;:") if text.strip() not in PLACES else text.strip()
    if text in PLACES:
        return True
    parts = [p.strip() for p in text.replace(" and ", "/").replace(" & ", "/").split("/")]
    return len(parts) > 1 and all(p in PLACES for p in parts)
