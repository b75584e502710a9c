# ruff: noqa: E501
"""Invented notes of many countries and trades, each with what is to be read from it."""

from __future__ import annotations

UNSEEN: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Lindqvist, M. (2015). Lighthouse Keepers Remember. *Clifford Gazette*. https://gazette.example/keepers",
        (
            "article-newspaper | author=M. Lindqvist | title=Lighthouse Keepers Remember | container-title=Clifford Gazette | issued=2015 | <https://gazette.example/keepers>",
        ),
    ),
    (
        "Oyelaran, T. (2010). बुनकर की कहानी. *गंगा पत्रिका*. https://ganga.example/story",
        (
            "webpage | author=T. Oyelaran | title=बुनकर की कहानी | container-title=गंगा पत्रिका | issued=2010 | <https://ganga.example/story>",
        ),
    ),
    (
        "Sabine Holm, *The Tidewater Archive: Memory and Loss on the North Sea* (Edinburgh: Canongate, 2014), 88–91.",
        (
            "book | author=Sabine Holm | title=The Tidewater Archive: Memory and Loss on the North Sea | publisher-place=Edinburgh | publisher=Canongate | issued=2014 | @88–91",
        ),
    ),
    (
        "Marcus T. Bellweather and Ana Lucía Ferreira, “Grain Futures and Urban Revolt, 1788–1795,” *Past & Present* 201, no. 1 (2008): 45, https://doi.org/10.1093/pastj/gtn012.",
        (
            "article-journal | author=Marcus T. Bellweather; Ana Lucía Ferreira | title=Grain Futures and Urban Revolt, 1788–1795 | container-title=Past & Present | volume=201 | issue=1 | issued=2008 | DOI=10.1093/pastj/gtn012 | @45 | <https://doi.org/10.1093/pastj/gtn012>",
        ),
    ),
    (
        "Dana Whitfield, “City Council Votes to Close Harbor Library,” *Boston Globe*, March 3, 2017, https://www.bostonglobe.com/metro/2017/03/03/harbor-library/story.html.",
        (
            "article-newspaper | author=Dana Whitfield | title=City Council Votes to Close Harbor Library | container-title=Boston Globe | issued=2017-3-3 | <https://www.bostonglobe.com/metro/2017/03/03/harbor-library/story.html>",
        ),
    ),
    (
        "Ingrid Solheim, “Negotiating Whales: Norwegian Diplomacy at the IWC, 1972–1986” (PhD diss., University of Bergen, 2011), 132.",
        (
            "thesis | author=Ingrid Solheim | title=Negotiating Whales: Norwegian Diplomacy at the IWC, 1972–1986 | genre=PhD diss. | publisher=University of Bergen | issued=2011 | @132",
        ),
    ),
    (
        "See also Peter Okafor, “Salt Roads,” in *Trade and Faith in the Sahel*, ed. Miriam Lowe and Jean Diallo (Oxford: Oxford University Press, 1999), 210–34; and Holm, *Tidewater Archive*, 15.",
        (
            "chapter | author=Peter Okafor | title=Salt Roads | container-title=Trade and Faith in the Sahel | editor=Miriam Lowe; Jean Diallo | page=210-34 | publisher-place=Oxford | publisher=Oxford University Press | issued=1999",
            "book | author=Holm | title=Tidewater Archive | @15",
        ),
    ),
    (
        "Interview with Tomasz Brzezinski, Kraków, June 12, 2009.",
        (
            "interview | title=Interview with Tomasz Brzezinski | event-place=Kraków | issued=2009-6-12",
        ),
    ),
    (
        "Okonkwo, Chidi. “The Market Women of Onitsha.” *Journal of African Cities*, vol. 12, no. 3, 2005, pp. 77-102.",
        (
            "article-journal | author=Chidi Okonkwo | title=The Market Women of Onitsha | container-title=Journal of African Cities | volume=12 | issue=3 | page=77-102 | issued=2005",
        ),
    ),
    (
        "Lindqvist, Karin. *Winter Bread*. Translated by Paul Norlen, Archipelago Books, 2019.",
        (
            "book | author=Karin Lindqvist | title=Winter Bread | translator=Paul Norlen | publisher=Archipelago Books | issued=2019",
        ),
    ),
    (
        "“How Glaciers Move.” *National Snow and Ice Data Center*, 4 May 2020, nsidc.org/learn/glaciers/how-glaciers-move. Accessed 9 Jan. 2021.",
        (
            "webpage | title=How Glaciers Move | container-title=National Snow and Ice Data Center | issued=2020-5-4 | accessed=2021-1-9 | <https://nsidc.org/learn/glaciers/how-glaciers-move>",
        ),
    ),
    (
        "World Health Organization. (2019, October 2). *Vector control in emergencies* [Fact sheet]. https://www.who.int/news-room/fact-sheets/detail/vector-control",
        (
            "webpage | author==World Health Organization | title=Vector control in emergencies | issued=2019-10-2 | <https://www.who.int/news-room/fact-sheets/detail/vector-control>",
        ),
    ),
    (
        "NASA [@NASA]. (2021, February 18). *Touchdown confirmed* [Tweet]. Twitter. https://twitter.com/NASA/status/1362507436611956736",
        (
            "post | author==NASA | title=Touchdown confirmed | container-title=Twitter | genre=Tweet | issued=2021-2-18 | <https://twitter.com/NASA/status/1362507436611956736>",
        ),
    ),
    (
        "Harvard Art Lab. (2018, May 7). *Restoring the Rothko murals* [Video]. YouTube. https://www.youtube.com/watch?v=abcd1234efg",
        (
            "motion_picture | author==Harvard Art Lab | title=Restoring the Rothko murals | container-title=YouTube | genre=Video | issued=2018-5-7 | <https://www.youtube.com/watch?v=abcd1234efg>",
        ),
    ),
    (
        "O’Donnell, K. (2017). *Urban foxes: A field guide* (2nd ed.). Bloomsbury.",
        (
            "book | author=K. O’Donnell | title=Urban foxes: A field guide | edition=2 | publisher=Bloomsbury | issued=2017",
        ),
    ),
    (
        "Smith J, Kowalski AB, de Vries P. Antibiotic use in rural clinics. Lancet Infect Dis. 2016;16(4):411-8.",
        (
            "article-journal | author=J Smith; AB Kowalski; P (de) Vries | title=Antibiotic use in rural clinics | container-title=Lancet Infect Dis | volume=16 | issue=4 | page=411-8 | issued=2016",
        ),
    ),
    (
        "World Bank. Groundwater outlook 2030 [Internet]. Washington (DC): World Bank; 2018 [cited 2019 Mar 4]. Available from: https://www.worldbank.org/en/topic/water/outlook",
        (
            "webpage | author==World Bank | title=Groundwater outlook 2030 | publisher-place=Washington (DC) | publisher=World Bank | issued=2018 | accessed=2019-3-4 | <https://www.worldbank.org/en/topic/water/outlook>",
        ),
    ),
    (
        "Lochner v. New York, 198 U.S. 45, 53 (1905).",
        (
            "legal_case | title=Lochner v. New York | container-title=U.S. | volume=198 | page=45 | issued=1905 | @53",
        ),
    ),
    (
        "Clean Air Act, 42 U.S.C. § 7401 (2012).",
        (
            "legislation | title=Clean Air Act | container-title=U.S.C. | volume=42 | issued=2012 | @§ 7401",
        ),
    ),
    (
        "Laura K. Donohue, *Section 702 and the Collection of Content*, 38 Harv. J.L. & Pub. Pol’y 117, 120 (2015).",
        (
            "article-journal | author=Laura K. Donohue | title=Section 702 and the Collection of Content | container-title=Harv. J.L. & Pub. Pol’y | volume=38 | page=117 | issued=2015 | @120",
        ),
    ),
    (
        "Jane Fairbairn, ‘Easements and Estuaries’ (2012) 128 LQR 244, 250.",
        (
            "article-journal | author=Jane Fairbairn | title=Easements and Estuaries | container-title=LQR | volume=128 | page=244 | issued=2012 | @250",
        ),
    ),
    (
        "Human Rights Act 1998, s 6.",
        ("legislation | title=Human Rights Act 1998 | issued=1998 | @s 6",),
    ),
    (
        "Vgl. Jürgen Altmeier: *Die Kohle und das Reich. Eine Wirtschaftsgeschichte*, 2. Aufl., München: C. H. Beck, 2003, S. 45–47.",
        (
            "book | author=Jürgen Altmeier | title=Die Kohle und das Reich. Eine Wirtschaftsgeschichte | edition=2 | publisher-place=München | publisher=C. H. Beck | issued=2003 | @45–47",
        ),
    ),
    (
        "Anna Schäfer: „Der stille Hafen“, in: *Frankfurter Allgemeine Zeitung*, 12. März 2015, S. 9.",
        (
            "article-newspaper | author=Anna Schäfer | title=Der stille Hafen | container-title=Frankfurter Allgemeine Zeitung | issued=2015-3-12 | @9",
        ),
    ),
    (
        "Bundesministerium für Gesundheit: Pressemitteilung Nr. 17 vom 3. Mai 2020, https://www.bundesgesundheitsministerium.de/presse/17.html (abgerufen am 5. Juni 2020).",
        (
            "webpage | author==Bundesministerium für Gesundheit | title=Pressemitteilung Nr. 17 | issued=2020-5-3 | accessed=2020-6-5 | <https://www.bundesgesundheitsministerium.de/presse/17.html>",
        ),
    ),
    (
        "Claire Dumoulin, « Les halles de Rungis », *Le Monde*, 14 février 2003, p. 12.",
        (
            "article-newspaper | author=Claire Dumoulin | title=Les halles de Rungis | container-title=Le Monde | issued=2003-2-14 | @12",
        ),
    ),
    (
        "Henri Vasseur, *Le Pain et la Révolution*, Paris, Gallimard, 1987, p. 33-35.",
        (
            "book | author=Henri Vasseur | title=Le Pain et la Révolution | publisher-place=Paris | publisher=Gallimard | issued=1987 | @33-35",
        ),
    ),
    (
        "GARCÍA MORENO, Luis: *Historia del agua en Castilla*, Madrid, Alianza, 1995, pp. 12-14.",
        (
            "book | author=Luis García Moreno | title=Historia del agua en Castilla | publisher-place=Madrid | publisher=Alianza | issued=1995 | @12-14",
        ),
    ),
    (
        "王小明：《长江水运史》，北京：中华书局，2005年，第34页。",
        (
            "book | author=!王 小明 | title=长江水运史 | publisher-place=北京 | publisher=中华书局 | issued=2005 | @34",
        ),
    ),
    (
        "李华：《粮食价格的变化》，《历史研究》2010年第3期，第45—60页。",
        (
            "article-journal | author=!李 华 | title=粮食价格的变化 | container-title=历史研究 | issue=3 | page=45-60 | issued=2010",
        ),
    ),
    (
        "Иванов А. Б. История Волги. М.: Наука, 1989. С. 45.",
        (
            "book | author=А. Б. Иванов | title=История Волги | publisher-place=М. | publisher=Наука | issued=1989 | @45",
        ),
    ),
    (
        "Петрова Е. В. Рынок зерна в Поволжье // Вопросы истории. 2003. № 5. С. 112–118.",
        (
            "article-journal | author=Е. В. Петрова | title=Рынок зерна в Поволжье | container-title=Вопросы истории | issue=5 | page=112-118 | issued=2003",
        ),
    ),
    (
        "山田太郎『近代日本の塩業』（岩波書店、1998年）、45頁。",
        (
            "book | author=!山田 太郎 | title=近代日本の塩業 | publisher=岩波書店 | issued=1998 | @45",
        ),
    ),
    (
        "U.S. Government Accountability Office, *Coast Guard: Icebreaker Costs Rising*, GAO-18-600 (Washington, DC: GAO, September 4, 2018), 22, https://www.gao.gov/products/gao-18-600.",
        (
            "report | author==U.S. Government Accountability Office | title=Coast Guard: Icebreaker Costs Rising | number=GAO-18-600 | publisher-place=Washington, DC | publisher=GAO | issued=2018-9-4 | @22 | <https://www.gao.gov/products/gao-18-600>",
        ),
    ),
    (
        "Siemens AG, “Siemens Opens Turbine Plant in Cuxhaven,” press release, June 5, 2018, https://press.siemens.com/global/en/pressrelease/turbine-cuxhaven.",
        (
            "webpage | author==Siemens AG | title=Siemens Opens Turbine Plant in Cuxhaven | issued=2018-6-5 | <https://press.siemens.com/global/en/pressrelease/turbine-cuxhaven>",
        ),
    ),
    (
        "Angela Ruiz (@aruiz), “The bridge at Mostar is open again,” Twitter, July 23, 2014, 8:15 a.m., https://twitter.com/aruiz/status/491992873.",
        (
            "post | author=Angela Ruiz | title=The bridge at Mostar is open again | container-title=Twitter | issued=2014-7-23 | <https://twitter.com/aruiz/status/491992873>",
        ),
    ),
    (
        "Andersen, L., & Berg, M. (2021). *Baltic herring stock estimates 1990–2020* (Version 2) [Data set]. Zenodo. https://doi.org/10.5281/zenodo.4433211",
        (
            "dataset | author=L. Andersen; M. Berg | title=Baltic herring stock estimates 1990–2020 | genre=Data set | publisher=Zenodo | issued=2021 | DOI=10.5281/zenodo.4433211 | version=2 | <https://doi.org/10.5281/zenodo.4433211>",
        ),
    ),
    (
        "Wei Zhang, Priya Raman, and Lukas Egger, “Sparse Attention for River Forecasts,” preprint, arXiv, May 2, 2022, https://arxiv.org/abs/2205.01234.",
        (
            "article | author=Wei Zhang; Priya Raman; Lukas Egger | title=Sparse Attention for River Forecasts | number=arXiv:2205.01234 | issued=2022-5-2 | <https://arxiv.org/abs/2205.01234>",
        ),
    ),
    (
        "Treaty on the Non-Proliferation of Nuclear Weapons, July 1, 1968, 729 U.N.T.S. 161.",
        (
            "treaty | title=Treaty on the Non-Proliferation of Nuclear Weapons | container-title=U.N.T.S. | volume=729 | page=161 | issued=1968-7-1",
        ),
    ),
    (
        "United Nations Security Council, Resolution 1718, S/RES/1718, October 14, 2006.",
        (
            "document | author==United Nations Security Council | title=Resolution 1718 | number=S/RES/1718 | issued=2006-10-14",
        ),
    ),
    (
        "Helen Marsh and Ravi Patel, eds., *Rivers of Empire* (London: Verso, 2001), ix–xi.",
        (
            "book | title=Rivers of Empire | editor=Helen Marsh; Ravi Patel | publisher-place=London | publisher=Verso | issued=2001 | @ix–xi",
        ),
    ),
    (
        "“Seoul Weighs Drone Ban,” Yonhap News Agency, April 2, 2013, https://en.yna.co.kr/view/AEN20130402.",
        (
            "article-newspaper | title=Seoul Weighs Drone Ban | container-title=Yonhap News Agency | issued=2013-4-2 | <https://en.yna.co.kr/view/AEN20130402>",
        ),
    ),
    (
        "Thomas Reuter, „Grenzen des Wachstums am Oberrhein“, Diss. phil., Universität Freiburg, 1998, S. 77.",
        (
            "thesis | author=Thomas Reuter | title=Grenzen des Wachstums am Oberrhein | genre=Diss. phil | publisher=Universität Freiburg | issued=1998 | @77",
        ),
    ),
    (
        "BBC News. “Storm Floods Whitby Harbour.” *BBC*, 9 Nov. 2007, www.bbc.co.uk/news/whitby-1.",
        (
            "article-newspaper | author==BBC News | title=Storm Floods Whitby Harbour | container-title=BBC | issued=2007-11-9 | <https://www.bbc.co.uk/news/whitby-1>",
        ),
    ),
    (
        "Ferrari, Lucia. 2016. “Glass Makers of Murano.” *Material Culture Review* 84 (2): 12–30.",
        (
            "article-journal | author=Lucia Ferrari | title=Glass Makers of Murano | container-title=Material Culture Review | volume=84 | issue=2 | page=12-30 | issued=2016",
        ),
    ),
    (
        "Kim Jong-dae, “Submarine Cables and Sovereignty,” *Korea Journal* 55, no. 2 (Summer 2015): 5–33, at 17.",
        (
            "article-journal | author=!Kim Jong-dae | title=Submarine Cables and Sovereignty | container-title=Korea Journal | volume=55 | issue=2 | page=5-33 | issued=2015 | @17",
        ),
    ),
    (
        "George Orwell, *Homage to Catalonia* (1938; repr., London: Penguin, 2000), 45.",
        (
            "book | author=George Orwell | title=Homage to Catalonia | publisher-place=London | publisher=Penguin | issued=2000 | original-date=1938 | @45",
        ),
    ),
    (
        "Nora Bell, “What Tides Remember,” *The Shore* (blog), June 1, 2020, https://shore.example.com/2020/06/tides.",
        (
            "post-weblog | author=Nora Bell | title=What Tides Remember | container-title=The Shore | issued=2020-6-1 | <https://shore.example.com/2020/06/tides>",
        ),
    ),
    (
        "OECD (2019), *Water Policy in Chile*, OECD Publishing, Paris, https://doi.org/10.1787/abcd-en.",
        (
            "book | author==OECD | title=Water Policy in Chile | publisher-place=Paris | publisher=OECD Publishing | issued=2019 | DOI=10.1787/abcd-en | <https://doi.org/10.1787/abcd-en>",
        ),
    ),
    (
        "A. Kovács – B. Szabó, *A Duna hajói* [Ships of the Danube], Budapest, Akadémiai Kiadó, 1979, 112.",
        (
            "book | author=A. Kovács; B. Szabó | title=A Duna hajói | publisher-place=Budapest | publisher=Akadémiai Kiadó | issued=1979 | @112",
        ),
    ),
    (
        "Hugo Lefèvre, « La grève des dockers », dans *Mémoires du port*, sous la dir. de Jean Roux, Marseille, Parenthèses, 2002, p. 51-70.",
        (
            "chapter | author=Hugo Lefèvre | title=La grève des dockers | container-title=Mémoires du port | editor=Jean Roux | page=51-70 | publisher-place=Marseille | publisher=Parenthèses | issued=2002",
        ),
    ),
    (
        "Kramer, S. (2015). The hidden cost of dredging. In A. Wolfe & T. Ng (Eds.), *Ports and people* (pp. 33–58). Routledge.",
        (
            "chapter | author=S. Kramer | title=The hidden cost of dredging | container-title=Ports and people | editor=A. Wolfe; T. Ng | page=33-58 | publisher=Routledge | issued=2015",
        ),
    ),
    (
        "刘洋：《东海渔业研究》，《海洋学报》第12卷第4期（2008年），第88页。",
        (
            "article-journal | author=!刘 洋 | title=东海渔业研究 | container-title=海洋学报 | volume=12 | issue=4 | issued=2008 | @88",
        ),
    ),
    (
        "佐藤花子「江戸の魚市場」『史学雑誌』第110編第3号、2001年、15–40頁。",
        (
            "article-journal | author=!佐藤 花子 | title=江戸の魚市場 | container-title=史学雑誌 | volume=110 | issue=3 | page=15-40 | issued=2001",
        ),
    ),
    (
        "Brown v. Board of Education, 347 U.S. 483 (1954).",
        (
            "legal_case | title=Brown v. Board of Education | container-title=U.S. | volume=347 | page=483 | issued=1954",
        ),
    ),
    (
        "Quoted in Dana Whitfield, “Harbor Library,” *Chicago Tribune*, July 5, 2018.",
        (
            "article-newspaper | author=Dana Whitfield | title=Harbor Library | container-title=Chicago Tribune | issued=2018-7-5",
        ),
    ),
    (
        "For a different view, see Ana Prado, *Sugar* (Lisbon: Tinta, 2009), which argues that prices fell.",
        (
            "book | author=Ana Prado | title=Sugar | publisher-place=Lisbon | publisher=Tinta | issued=2009",
        ),
    ),
    (
        'Guild of Master Bakers, "Bread for All," *Baker\'s Weekly*, May 3, 2010.',
        (
            "article-magazine | author==Guild of Master Bakers | title=Bread for All | container-title=Baker's Weekly | issued=2010-5-3",
        ),
    ),
    (
        'Friends of the Earth, "Rivers," 2012, https://foe.example/r.',
        (
            "webpage | author==Friends of the Earth | title=Rivers | issued=2012 | <https://foe.example/r>",
        ),
    ),
    (
        'Doctors Without Borders, "Cholera in Goma," press release, 4 May 2003.',
        ("document | author==Doctors Without Borders | title=Cholera in Goma | issued=2003-5-4",),
    ),
    (
        "Kitazawa Noriko [北沢典子], “Rice in the Edo Period,” *Asian Studies* 12, no. 3 (1999): 45.",
        (
            "article-journal | author=!Kitazawa Noriko | title=Rice in the Edo Period | container-title=Asian Studies | volume=12 | issue=3 | issued=1999 | @45",
        ),
    ),
    (
        "Wáng Xiǎomíng 王小明, *Chángjiāng shuǐyùn shǐ* 长江水运史 [A History of Shipping] (Beijing: Zhonghua shuju, 2005), 34.",
        (
            "book | author=!Wáng Xiǎomíng | title=Chángjiāng shuǐyùn shǐ | publisher-place=Beijing | publisher=Zhonghua shuju | issued=2005 | @34",
        ),
    ),
    (
        'As Roe writes, "bread is power" (*Wheat*, 44).',
        ("book | title=Wheat | @44",),
    ),
    (
        'As Roe writes, "bread is power" (Jane Roe, *Wheat* [Oxford: OUP, 1990], 44).',
        (
            "book | author=Jane Roe | title=Wheat | publisher-place=Oxford | publisher=OUP | issued=1990 | @44",
        ),
    ),
    (
        "Treaty of Versailles, June 28, 1919, art. 231.",
        ("treaty | title=Treaty of Versailles | issued=1919-6-28 | @art. 231",),
    ),
    (
        "Vienna Convention on the Law of Treaties (adopted 23 May 1969, entered into force 27 January 1980) 1155 UNTS 331.",
        (
            "treaty | title=Vienna Convention on the Law of Treaties | container-title=UNTS | volume=1155 | page=331 | issued=1969-5-23",
        ),
    ),
    (
        "Interview with the author, Berlin, 3 May 2010.",
        ("interview | title=Interview with the author | event-place=Berlin | issued=2010-5-3",),
    ),
    (
        "John Doe, interview by Jane Roe, *Bread Hour*, NPR, May 3, 2010.",
        (
            "interview | author=John Doe | title=interview by Jane Roe | container-title=Bread Hour | publisher=NPR | issued=2010-5-3 | interviewer=Jane Roe",
        ),
    ),
    (
        "John Doe, interview with the author, May 3, 2010.",
        ("interview | author=John Doe | title=interview with the author | issued=2010-5-3",),
    ),
    (
        "Jane Roe, email to author, May 3, 2010.",
        ("personal_communication | author=Jane Roe | title=email to author | issued=2010-5-3",),
    ),
    (
        'The minister spoke of "a new bread order" on May 3, 2010, and later denied it.',
        (),
    ),
    (
        'The slogan, "Bread and Peace," 1917, was widely used.',
        (),
    ),
)
