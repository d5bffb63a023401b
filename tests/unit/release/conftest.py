"""Two real releases of one home: the sample, and the sample with one more paper."""

from __future__ import annotations

import shutil

import pytest

from ketalit import pipeline
from ketalit.settings import Settings
from ketalit.vocabulary import Source

ONE_MORE = b"""<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">99</PMID>
<DateRevised><Year>2026</Year><Month>11</Month><Day>2</Day></DateRevised><Article>
<ArticleTitle>=Ketamine | in &lt;b&gt;depression: a randomised trial</ArticleTitle>
<Abstract><AbstractText>In this trial (NCT01627782), forty adults with major depressive disorder were randomised to
ketamine 0.5 mg/kg over 40 minutes or placebo. Response was 60% at 24 hours.</AbstractText></Abstract></Article>
</MedlineCitation></PubmedArticle></PubmedArticleSet>"""


@pytest.fixture(scope="session")
def grown(built: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home whose previous release is the sample's and whose current one knows one paper more; tests only read it."""
    home = tmp_path_factory.mktemp("grown") / "home"
    shutil.copytree(built.home, home, symlinks=True)
    chosen = built.model_copy(update={"home": home})
    (home / "one_more.xml").write_bytes(ONE_MORE)
    pipeline.import_files(chosen, Source.PUBMED, [home / "one_more.xml"])
    pipeline.build(chosen)
    return chosen
