# ruff: noqa: E501
"""Invented notes in everyday styles, each with what is to be read from it."""

from __future__ import annotations

STYLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Jane Roe, *The Long Winter: A History* (Cambridge: Cambridge University Press, 2015), 45–47.",
        (
            "book | author=Jane Roe | title=The Long Winter: A History | publisher-place=Cambridge | publisher=Cambridge University Press | issued=2015 | @45–47",
        ),
    ),
    (
        'Jane Roe and John Doe, "Rivers of Trade," *Journal of Market History* 12, no. 3 (2010): 201–230, at 210, https://doi.org/10.1234/jmh.2010.12.',
        (
            "article-journal | author=Jane Roe; John Doe | title=Rivers of Trade | container-title=Journal of Market History | volume=12 | issue=3 | page=201-230 | issued=2010 | DOI=10.1234/jmh.2010.12 | @210 | <https://doi.org/10.1234/jmh.2010.12>",
        ),
    ),
    (
        'Roe, Jane. "Rivers of Trade." *Journal of Market History*, vol. 12, no. 3, 2010, pp. 201-30. Accessed 5 May 2021.',
        (
            "article-journal | author=Jane Roe | title=Rivers of Trade | container-title=Journal of Market History | volume=12 | issue=3 | page=201-30 | issued=2010 | accessed=2021-5-5",
        ),
    ),
    (
        "Roe, J. A., & Doe, B. (2019). The price of bread in port towns. *Journal of Market History*, *12*(3), 45–67. https://doi.org/10.1234/abc.567",
        (
            "article-journal | author=J. A. Roe; B. Doe | title=The price of bread in port towns | container-title=Journal of Market History | volume=12 | issue=3 | page=45-67 | issued=2019 | DOI=10.1234/abc.567 | <https://doi.org/10.1234/abc.567>",
        ),
    ),
    (
        "Roe, J. (2018). *Bread and power: A study* (2nd ed.). Northfield Press.",
        (
            "book | author=J. Roe | title=Bread and power: A study | edition=2 | publisher=Northfield Press | issued=2018",
        ),
    ),
    (
        "Roe, J. (2018, March 3). Why bread is dear. *The Guardian*. https://www.theguardian.com/x/y",
        (
            "article-newspaper | author=J. Roe | title=Why bread is dear | container-title=The Guardian | issued=2018-3-3 | <https://www.theguardian.com/x/y>",
        ),
    ),
    (
        "Hans Müller, Der Markt im Mittelalter. Eine Studie, 2. Aufl., Berlin: Springer 2010, S. 45.",
        (
            "book | author=Hans Müller | title=Der Markt im Mittelalter. Eine Studie | edition=2 | publisher-place=Berlin | publisher=Springer | issued=2010 | @45",
        ),
    ),
    (
        "Hans Müller: Der Markt im Mittelalter, in: Zeitschrift für Marktforschung 12 (2010), S. 3–25, hier S. 5.",
        (
            "article-journal | author=Hans Müller | title=Der Markt im Mittelalter | container-title=Zeitschrift für Marktforschung | volume=12 | page=3-25 | issued=2010 | @5",
        ),
    ),
    (
        'Eva Meier, „Brot und Macht", in: Hans Müller (Hg.), *Märkte der Welt*, Frankfurt am Main 2005, S. 12–34.',
        (
            "chapter | author=Eva Meier | title=Brot und Macht | container-title=Märkte der Welt | editor=Hans Müller | page=12-34 | publisher-place=Frankfurt am Main | issued=2005",
        ),
    ),
    (
        "Vgl. Eva Meier, *Brot und Macht*, München 1999, S. 77 f.; siehe auch Karl Schmidt, *Der Hafen*, Wien 2003, S. 5.",
        (
            "book | author=Eva Meier | title=Brot und Macht | publisher-place=München | issued=1999 | @77 f.",
            "book | author=Karl Schmidt | title=Der Hafen | publisher-place=Wien | issued=2003 | @5",
        ),
    ),
    (
        "Pierre Dupont, « Le prix du pain », *Revue d'histoire*, vol. 12, n° 3, 2010, p. 45-67, consulté le 3 mai 2020, https://www.example.fr/pain.",
        (
            "article-journal | author=Pierre Dupont | title=Le prix du pain | container-title=Revue d'histoire | volume=12 | issue=3 | page=45-67 | issued=2010 | accessed=2020-5-3 | <https://www.example.fr/pain>",
        ),
    ),
    (
        "Pierre Dupont, *Le pain et le pouvoir*, Paris, Gallimard, 1998, p. 12.",
        (
            "book | author=Pierre Dupont | title=Le pain et le pouvoir | publisher-place=Paris | publisher=Gallimard | issued=1998 | @12",
        ),
    ),
    (
        "M. Durand, « Le four », dans P. Dupont (dir.), *Le pain*, Paris, PUF, coll. « Que sais-je ? », 2003, p. 21-40.",
        (
            "chapter | author=M. Durand | title=Le four | container-title=Le pain | collection-title=Que sais-je ? | page=21-40 | publisher-place=Paris | publisher=PUF | issued=2003",
        ),
    ),
    (
        "Roe v. Doe, 410 U.S. 113, 116 (1973).",
        (
            "legal_case | title=Roe v. Doe | container-title=U.S. | volume=410 | page=113 | issued=1973 | @116",
        ),
    ),
    (
        "John Doe, *Bread and the Constitution*, 100 Harv. L. Rev. 123, 130 (1990).",
        (
            "article-journal | author=John Doe | title=Bread and the Constitution | container-title=Harv. L. Rev. | volume=100 | page=123 | issued=1990 | @130",
        ),
    ),
    (
        "John Doe, Bread and the Constitution, 100 Yale L.J. 123, 130 (1990).",
        (
            "article-journal | author=John Doe | title=Bread and the Constitution | container-title=Yale L.J. | volume=100 | page=123 | issued=1990 | @130",
        ),
    ),
    (
        "World Bank, *World Development Report 2019* (Washington, DC: World Bank, 2019), https://openknowledge.worldbank.org/x.",
        (
            "book | author==World Bank | title=World Development Report 2019 | publisher-place=Washington, DC | publisher=World Bank | issued=2019 | <https://openknowledge.worldbank.org/x>",
        ),
    ),
    (
        '"Bread Prices Rise," *New York Times*, May 3, 2020, A1.',
        (
            "article-newspaper | title=Bread Prices Rise | container-title=New York Times | issued=2020-5-3 | @A1",
        ),
    ),
    (
        'Mary Poe, "Bread Prices Rise," *BBC News*, 3 May 2020, https://www.bbc.com/news/123 (accessed 5 June 2020).',
        (
            "article-newspaper | author=Mary Poe | title=Bread Prices Rise | container-title=BBC News | issued=2020-5-3 | accessed=2020-6-5 | <https://www.bbc.com/news/123>",
        ),
    ),
    (
        'Mary Poe, "Milling" (PhD diss., University of Chicago, 2012), 33.',
        (
            "thesis | author=Mary Poe | title=Milling | genre=PhD diss. | publisher=University of Chicago | issued=2012 | @33",
        ),
    ),
    (
        'Smith, Paul, "Ovens at Scale," arXiv:2101.01234 [cs.CL], 2021.',
        (
            "article | author=Paul Smith | title=Ovens at Scale | number=arXiv:2101.01234 | issued=2021 | <https://arxiv.org/abs/2101.01234>",
        ),
    ),
    (
        'Jane Roe, "Ovens," in *Handbook of Bread*, ed. John Doe and Eva Meier (London: Routledge, 2001), 33–58.',
        (
            "chapter | author=Jane Roe | title=Ovens | container-title=Handbook of Bread | editor=John Doe; Eva Meier | page=33-58 | publisher-place=London | publisher=Routledge | issued=2001",
        ),
    ),
    (
        "Kenneth Baker, Theory of bread (New York: Norton, 1979), 170; John Miller, Other bread (London: Verso, 1980), 5.",
        (
            "book | author=Kenneth Baker | title=Theory of bread | publisher-place=New York | publisher=Norton | issued=1979 | @170",
            "book | author=John Miller | title=Other bread | publisher-place=London | publisher=Verso | issued=1980 | @5",
        ),
    ),
    (
        "See generally Jane Roe, *Wheat* (Oxford: Oxford University Press, 1990); but see John Doe, *Rye* (Boston: Beacon, 1991), quoted in Mary Poe, *Oats* (Chicago: University of Chicago Press, 2000), 12.",
        (
            "book | author=Jane Roe | title=Wheat | publisher-place=Oxford | publisher=Oxford University Press | issued=1990",
            "book | author=John Doe | title=Rye | publisher-place=Boston | publisher=Beacon | issued=1991",
            "book | author=Mary Poe | title=Oats | publisher-place=Chicago | publisher=University of Chicago Press | issued=2000 | @12",
        ),
    ),
    (
        "The author thanks the anonymous reviewers for their helpful comments.",
        (),
    ),
    (
        'For this reason prices rose, as "cheap bread" was promised to everyone. On the politics, see Jane Roe, *Wheat* (Oxford: Oxford University Press, 1990), 4.',
        (
            "book | author=Jane Roe | title=Wheat | publisher-place=Oxford | publisher=Oxford University Press | issued=1990 | @4",
        ),
    ),
    (
        "This account follows https://example.org/report-x and is not disputed.",
        ("webpage | <https://example.org/report-x>",),
    ),
    (
        "蒋福伟:《面包的价格》,《人民日报》2024年6月23日,第3页。",
        (
            "article-newspaper | author=!蒋 福伟 | title=面包的价格 | container-title=人民日报 | issued=2024-6-23 | @3",
        ),
    ),
    (
        "김성호, 「빵의 가격」, 『경제연구』 12권 3호 (2010), 45쪽.",
        (
            "article-journal | author=!김 성호 | title=빵의 가격 | container-title=경제연구 | volume=12 | issue=3 | issued=2010 | @45",
        ),
    ),
    (
        "Иванов И. И. Цена хлеба // Вопросы истории. 2010. № 3. С. 45–67.",
        (
            "article-journal | author=И. И. Иванов | title=Цена хлеба | container-title=Вопросы истории | issue=3 | page=45-67 | issued=2010",
        ),
    ),
    (
        "Иван Иванов, «Цена хлеба», Известия, 24 февраля 2022 г., https://iz.ru/123.",
        (
            "article-newspaper | author=Иван Иванов | title=Цена хлеба | container-title=Известия | issued=2022-2-24 | <https://iz.ru/123>",
        ),
    ),
    (
        'UNESCO, "Bread of the World," last modified May 3, 2020, https://unesco.org/bread.',
        (
            "webpage | author==UNESCO | title=Bread of the World | issued=2020-5-3 | <https://unesco.org/bread>",
        ),
    ),
    (
        "[Bread of the world](https://example.org/bread), 2019.",
        ("webpage | title=Bread of the world | issued=2019 | <https://example.org/bread>",),
    ),
    (
        'Jane Roe, "Bread blog," *The Oven* (blog), July 4, 2019, https://oven.wordpress.com/1.',
        (
            "post-weblog | author=Jane Roe | title=Bread blog | container-title=The Oven | issued=2019-7-4 | <https://oven.wordpress.com/1>",
        ),
    ),
    (
        "Roe, Jane, John Doe, and Eva Meier. *Bread, Salt and Law*. New York: Norton, 2003.",
        (
            "book | author=Jane Roe; John Doe; Eva Meier | title=Bread, Salt and Law | publisher-place=New York | publisher=Norton | issued=2003",
        ),
    ),
    (
        'Jane Roe et al., "Yeast genomes," *Nature* 512 (2014): 100–109, doi:10.1038/nature0001.',
        (
            "article-journal | author=Jane Roe | title=Yeast genomes | container-title=Nature | volume=512 | page=100-109 | issued=2014 | DOI=10.1038/nature0001 | <https://doi.org/10.1038/nature0001>",
        ),
    ),
    (
        "Jane Roe, Remarks at the Bread Summit, Geneva, May 4, 2011.",
        (
            "speech | author=Jane Roe | title=Remarks at the Bread Summit | event-place=Geneva | issued=2011-5-4",
        ),
    ),
    (
        '@baker, "Dough is up," Twitter, May 5, 2019, 10:05 a.m., https://twitter.com/baker/status/1.',
        (
            "post | author==@baker | title=Dough is up | container-title=Twitter | issued=2019-5-5 | <https://twitter.com/baker/status/1>",
        ),
    ),
    (
        "Ludwig van Brot, Carl von Mehl und Eva Meier, *Korn* (Leipzig: Reclam, 1950), 3.",
        (
            "book | author=Ludwig (van) Brot; Carl (von) Mehl; Eva Meier | title=Korn | publisher-place=Leipzig | publisher=Reclam | issued=1950 | @3",
        ),
    ),
    (
        'Mueller, "Grain," n.d., https://example.org/grain.',
        ("webpage | author=Mueller | title=Grain | <https://example.org/grain>",),
    ),
    (
        '"Wheat," Wikipedia, https://en.wikipedia.org/wiki/Wheat (last accessed 3 May 2021).',
        (
            "entry-encyclopedia | title=Wheat | container-title=Wikipedia | accessed=2021-5-3 | <https://en.wikipedia.org/wiki/Wheat>",
        ),
    ),
    (
        'Roe, Jane. 2010. "Rivers of Trade." *Journal of Market History* 12 (3): 201–30.',
        (
            "article-journal | author=Jane Roe | title=Rivers of Trade | container-title=Journal of Market History | volume=12 | issue=3 | page=201-30 | issued=2010",
        ),
    ),
    (
        'Roe, J., "Ovens," in Doe, J. (ed.), *Bread*, London, 2001, pp. 3-40.',
        (
            "chapter | author=J. Roe | title=Ovens | container-title=Bread | editor=J. Doe | page=3-40 | publisher-place=London | issued=2001",
        ),
    ),
    (
        "Jane Roe, ‘Rivers of Trade’, *Past and Loaf*, 12 (2010), pp. 33–58 (p. 40).",
        (
            "article-journal | author=Jane Roe | title=Rivers of Trade | container-title=Past and Loaf | volume=12 | page=33-58 | issued=2010 | @40",
        ),
    ),
    (
        "Jane Roe, *Wheat*, trans. John Doe, 3rd ed. (London: Macmillan, 1901), chap. 3.",
        (
            "book | author=Jane Roe | title=Wheat | translator=John Doe | edition=3 | publisher-place=London | publisher=Macmillan | issued=1901 | @chap. 3",
        ),
    ),
    (
        "María García, «El precio del pan», *Revista de Historia*, núm. 45, 2011, pp. 12-30, consultado el 5 de mayo de 2012, https://example.es/pan.",
        (
            "article-journal | author=María García | title=El precio del pan | container-title=Revista de Historia | issue=45 | page=12-30 | issued=2011 | accessed=2012-5-5 | <https://example.es/pan>",
        ),
    ),
    (
        "International Bread Council, *Annual Report 2020*, report no. 45 (Rome: IBC, 2020), 3, https://ibc.org/r.",
        (
            "report | author==International Bread Council | title=Annual Report 2020 | number=45 | publisher-place=Rome | publisher=IBC | issued=2020 | @3 | <https://ibc.org/r>",
        ),
    ),
    (
        "Doe J, Roe K. Title of the bread study. *Bread Res*. 2019;12(3):45-67. doi: 10.1000/xyz123.",
        (
            "article-journal | author=J Doe; K Roe | title=Title of the bread study | container-title=Bread Res | volume=12 | issue=3 | page=45-67 | issued=2019 | DOI=10.1000/xyz123 | <https://doi.org/10.1000/xyz123>",
        ),
    ),
    (
        "See https://example.org/a; https://example.org/b.",
        (
            "webpage | <https://example.org/a>",
            "webpage | <https://example.org/b>",
        ),
    ),
    (
        "On this see Roe, *Wheat*, 12–13, and Doe, *Rye*, 44.",
        (
            "book | author=Roe | title=Wheat | @12–13",
            "book | author=Doe | title=Rye | @44",
        ),
    ),
    (
        "Müller, Hans/Meier, Eva: Brot und Salz. Eine Geschichte, München 2011.",
        (
            "book | author=Hans Müller; Eva Meier | title=Brot und Salz. Eine Geschichte | publisher-place=München | issued=2011",
        ),
    ),
    (
        "Jane Roe, “Ovens of the North,” paper presented at the Annual Meeting of the Bread Society, Chicago, May 3–5, 2012.",
        (
            "speech | author=Jane Roe | title=Ovens of the North | event-title=Annual Meeting of the Bread Society | event-place=Chicago | issued=2012-5-3/2012-5-5",
        ),
    ),
    (
        "World Health Organization. *Bread and Health*. Geneva: WHO; 2003. Available from: https://who.int/bread. Accessed March 3, 2004.",
        (
            "book | author==World Health Organization | title=Bread and Health | publisher-place=Geneva | publisher=WHO | issued=2003 | accessed=2004-3-3 | <https://who.int/bread>",
        ),
    ),
    (
        'This is what "the two sides, the sellers and the buyers," agreed in May 2010, when bread was cheap.',
        (),
    ),
)
