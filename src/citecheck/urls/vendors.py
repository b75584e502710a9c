"""Hosts of databases, journals and news that libraries reach through proxies: facts, no logic.

A proxy that writes a host with hyphens for points leaves open which hyphens were hyphens; a host
that stands here settles it. Common ones only: a missing host costs confidence, not the result.
"""

from __future__ import annotations

VENDOR_HOSTS: frozenset[str] = frozenset(
    """
    advance.lexis.com plus.lexis.com www.lexisnexis.com www.nexis.com www.nexisuni.com nexisuni.com
    www.jstor.org about.jstor.org muse.jhu.edu www.proquest.com search.proquest.com
    ebookcentral.proquest.com www.ebsco.com search.ebscohost.com web.ebscohost.com
    web.p.ebscohost.com web.s.ebscohost.com web.a.ebscohost.com web.b.ebscohost.com
    research.ebsco.com openurl.ebsco.com heinonline.org home.heinonline.org www.heinonline.org
    go.gale.com link.gale.com infotrac.gale.com find.gale.com galeapps.gale.com
    infoweb.newsbank.com www.newsbank.com global.factiva.com professional.dowjones.com
    www.sciencedirect.com www.scopus.com www.elsevier.com www.clinicalkey.com www.embase.com
    link.springer.com www.nature.com www.springerprofessional.de onlinelibrary.wiley.com
    www.tandfonline.com www.taylorfrancis.com journals.sagepub.com sk.sagepub.com
    academic.oup.com www.oxfordreference.com www.oxfordartonline.com www.oxfordbibliographies.com
    www.oed.com oed.com www.oxforddnb.com oxfordhandbooks.com www.oxfordhandbooks.com
    www.cambridge.org www.annualreviews.org www.emerald.com www.degruyter.com brill.com
    referenceworks.brill.com referenceworks.brillonline.com primarysources.brillonline.com
    www.journals.uchicago.edu www.pnas.org www.science.org science.sciencemag.org www.cell.com
    www.thelancet.com www.nejm.org jamanetwork.com www.bmj.com www.acpjournals.org
    pubs.acs.org pubs.rsc.org pubs.aip.org iopscience.iop.org journals.aps.org
    ieeexplore.ieee.org dl.acm.org www.mathscinet.ams.org mathscinet.ams.org
    www.webofscience.com apps.webofknowledge.com webofknowledge.com www.webofknowledge.com
    clarivate.com jcr.clarivate.com psycnet.apa.org pubsonline.informs.org ascelibrary.org
    www.worldscientific.com www.mdpi.com www.ingentaconnect.com www.inderscienceonline.com
    bioone.org www.bioone.org royalsocietypublishing.org www.liebertpub.com www.karger.com
    karger.com www.thieme-connect.com www.thieme-connect.de ovidsp.ovid.com
    ovidsp.dc1.ovid.com ovidsp.dc2.ovid.com www.uptodate.com accessmedicine.mhmedical.com
    www.westlaw.com next.westlaw.com 1.next.westlaw.com uk.westlaw.com
    westlaw.com www.bloomberglaw.com www.vlex.com vlex.com app.vlex.com beck-online.beck.de
    www.juris.de www.legifrance.gouv.fr www.dalloz.fr www.lexis360.fr www.cairn.info shs.cairn.info
    www.cairn-int.info www.persee.fr www.europresse.com nouveau.europresse.com www.erudit.org
    www.munzinger.de www.wiso-net.de www.nomos-elibrary.de elibrary.ru dlib.eastview.com
    online.eastview.com www.eastview.com universe.eastview.com gateway.proquest.com
    www.statista.com www.ibisworld.com my.ibisworld.com www.mergentonline.com
    clients1.ibisworld.com www.emis.com elibrary.worldbank.org
    www.elibrary.imf.org www.oecd-ilibrary.org read.oecd-ilibrary.org
    www.nytimes.com www.ft.com www.wsj.com www.economist.com www.washingtonpost.com
    www.theguardian.com www.bbc.co.uk www.bbc.com www.thetimes.co.uk www.telegraph.co.uk
    www.latimes.com www.bloomberg.com www.reuters.com www.foreignaffairs.com foreignpolicy.com
    www.newyorker.com www.theatlantic.com www.haaretz.com www.lemonde.fr www.faz.net www.zeit.de
    www.pressreader.com www.newspapers.com
    oversea.cnki.net www.cnki.net kns.cnki.net chn.oversea.cnki.net www.wanfangdata.com.cn
    s.wanfangdata.com.cn www.cqvip.com www.duxiu.com www.airitilibrary.com www.dbpia.co.kr
    kiss.kstudy.com www.riss.kr www.earticle.net www.krpia.co.kr ci.nii.ac.jp
    www.jstage.jst.go.jp database.yomiuri.co.jp kikuzo.asahi.com
    ebookcentral.proquest.co.uk www.loebclassics.com www.britannica.com
    academic.eb.com www.britannicaeb.com www.ancestrylibrary.com www.fold3.com
    www.artstor.org library.artstor.org www.kanopy.com www.kanopystreaming.com
    search.alexanderstreet.com video.alexanderstreet.com www.naxosmusiclibrary.com
    digital.janes.com customer.janes.com www.janes.com www.stratfor.com worldview.stratfor.com
    www.europaworld.com www.eiu.com viewpoint.eiu.com country.eiu.com
    dnsa.proquest.com parlipapers.proquest.com
    congressional.proquest.com statistical.proquest.com www.readex.com
    www.dramaonlinelibrary.com www.bloomsburycollections.com
    www.fitchsolutions.com www.spglobal.com www.capitaliq.com wrds-www.wharton.upenn.edu
    www.icpsr.umich.edu www.socialexplorer.com www.policymap.com www.simplyanalytics.com
    pubmed.ncbi.nlm.nih.gov www.ncbi.nlm.nih.gov www.cochranelibrary.com www.dynamed.com
    www.hathitrust.org babel.hathitrust.org catalog.hathitrust.org www.worldcat.org
    www.engineeringvillage.com www.knovel.com app.knovel.com www.accessscience.com
    www.reaxys.com scifinder-n.cas.org scifinder.cas.org www.ams.org epubs.siam.org
    projecteuclid.org www.aeaweb.org www.nber.org papers.ssrn.com www.ssrn.com
    """.split()  # noqa: SIM905
)
