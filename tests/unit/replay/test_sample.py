"""The bundled sample corpus: whole, honest about what is invented, and as awkward as it promises to be."""

import json
import re
from importlib.resources import files
from pathlib import Path

import Bio.Entrez
import jsonschema
import pytest
import yaml
from lxml import etree

SAMPLE = Path(str(files("ketalit"))) / "replay" / "sample"
STRICT = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
DOCTYPE_SYSTEM_ID = "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd"
NLM_DTD = Path(Bio.Entrez.__file__).parent / "DTDs" / "pubmed_250101.dtd"
INVENTED = "Sample record (invented):"
RUN = 8  # words in a row that nobody writes by chance


def read_publications():
    return {path.stem: etree.parse(path, STRICT) for path in sorted(SAMPLE.glob("pubmed/*.xml"))}


def read_registrations(folder="ctgov"):
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(SAMPLE.glob(f"{folder}/*.json"))}


PUBLICATIONS = read_publications()
REGISTRATIONS = read_registrations()
EARLIER = read_registrations("earlier")


def abstract_of(pmid):
    return "\n".join("".join(section.itertext()) for section in PUBLICATIONS[pmid].iterfind(".//Abstract/AbstractText"))


def title_of(pmid):
    return "".join(PUBLICATIONS[pmid].find(".//ArticleTitle").itertext())


def protocol(nct_id, module):
    return REGISTRATIONS[nct_id]["protocolSection"].get(module, {})


def results(nct_id, module):
    return REGISTRATIONS[nct_id].get("resultsSection", {}).get(module, {})


def baseline_titles(nct_id):
    return {measure["title"] for measure in results(nct_id, "baselineCharacteristicsModule").get("measures", ())}


def referenced(nct_id, *kinds):
    references = protocol(nct_id, "referencesModule").get("references", ())
    return {reference["pmid"] for reference in references if reference["type"] in kinds}


def ids_stated_by(pmid):
    accessions = PUBLICATIONS[pmid].xpath("//AccessionNumber/text()")
    return set(accessions) | set(re.findall(r"NCT\d{8}", abstract_of(pmid)))


def nested(value):
    """A decoded JSON value and everything within it."""
    stack = [value]
    while stack:
        item = stack.pop()
        yield item
        if isinstance(item, dict):
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)


def strings_within(value):
    return (item for item in nested(value) if isinstance(item, str))


def values_of_key(key, value):
    return (item[key] for item in nested(value) if isinstance(item, dict) and key in item)


# --- the files ------------------------------------------------------------------------------------------------------


def test_the_sample_holds_fifty_one_publications_and_twenty_two_registrations():
    assert (len(PUBLICATIONS), len(REGISTRATIONS)) == (51, 22)


@pytest.mark.parametrize("pmid", PUBLICATIONS)
def test_a_publication_file_holds_the_one_record_that_its_name_says(pmid):
    records = PUBLICATIONS[pmid].xpath("/PubmedArticleSet/*")
    own_pmids = PUBLICATIONS[pmid].xpath("/*/*/MedlineCitation/PMID/text() | /*/*/BookDocument/PMID/text()")
    own_article_ids = PUBLICATIONS[pmid].xpath(
        "/*/*/PubmedData/ArticleIdList/ArticleId[@IdType='pubmed']/text()"
        " | /*/*/PubmedBookData/ArticleIdList/ArticleId[@IdType='pubmed']/text()"
    )
    assert (1, [pmid], [pmid]) == (len(records), own_pmids, own_article_ids)


@pytest.mark.parametrize("pmid", PUBLICATIONS)
def test_a_publication_is_valid_by_the_document_type_that_it_declares(pmid):
    dtd = etree.DTD(str(NLM_DTD))
    dtd.validate(PUBLICATIONS[pmid])
    assert (PUBLICATIONS[pmid].docinfo.system_url, list(dtd.error_log.filter_from_errors())) == (DOCTYPE_SYSTEM_ID, [])


def test_a_registration_file_holds_the_study_that_its_name_says():
    assert list(REGISTRATIONS) == [protocol(nct_id, "identificationModule")["nctId"] for nct_id in REGISTRATIONS]


def test_has_results_agrees_with_the_results_section():
    stated = {nct_id for nct_id, study in REGISTRATIONS.items() if study["hasResults"]}
    assert {nct_id for nct_id, study in REGISTRATIONS.items() if "resultsSection" in study} == stated


@pytest.mark.parametrize("record_id", [*PUBLICATIONS, *REGISTRATIONS])
def test_the_readme_says_why_a_record_was_chosen(record_id):
    reasons = re.findall(rf"^\| {record_id} \| [^|]+ \| ([^|]+) \|$", (SAMPLE / "README.md").read_text("utf-8"), re.M)
    assert len(reasons) == 1


def test_an_earlier_version_is_of_an_invented_registration_and_older_than_the_one_served():
    for nct_id, study in EARLIER.items():
        now = protocol(nct_id, "statusModule")["lastUpdatePostDateStruct"]["date"]
        assert study["protocolSection"]["identificationModule"]["nctId"] == nct_id
        assert study["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]["date"] < now
        assert protocol(nct_id, "identificationModule")["briefTitle"].startswith(INVENTED)


# --- real and invented ----------------------------------------------------------------------------------------------


def test_a_title_says_invented_exactly_when_the_id_cannot_exist():
    titles = {pmid: title_of(pmid) for pmid in PUBLICATIONS}
    titles |= {nct_id: protocol(nct_id, "identificationModule")["briefTitle"] for nct_id in REGISTRATIONS}
    impossible = {record_id for record_id in titles if record_id.removeprefix("NCT").startswith("999999")}
    assert impossible == {record_id for record_id, title in titles.items() if title.startswith(INVENTED)}


def test_every_abstract_of_a_real_article_says_that_it_was_written_for_the_sample():
    real = [pmid for pmid in PUBLICATIONS if "999999" not in pmid and abstract_of(pmid)]
    notices = {PUBLICATIONS[pmid].findtext(".//CopyrightInformation") for pmid in real}
    assert notices == {"Abstract written for the ketalit sample corpus."}


def test_at_most_five_publications_and_five_registrations_are_invented():
    assert [sum("999999" in i for i in ids) <= 5 for ids in (PUBLICATIONS, REGISTRATIONS)] == [True, True]


def test_no_real_registration_states_race_or_ethnicity():
    stating = {i for i in REGISTRATIONS if any("Race" in t or "Ethnicity" in t for t in baseline_titles(i))}
    assert {"NCT99999901", "NCT99999902", "NCT99999903"} == stating


# --- awkward publications -------------------------------------------------------------------------------------------

AWKWARD_RECORDS = [
    ("a retracted article", "99999901", "//PublicationType='Retracted Publication'"),
    ("names its notice", "99999901", "//CommentsCorrections[@RefType='RetractionIn']/PMID='99999902'"),
    ("a retraction notice", "99999902", "//CommentsCorrections[@RefType='RetractionOf']/PMID='99999901'"),
    ("an article with an erratum", "28097909", "//CommentsCorrections[@RefType='ErratumIn']/PMID='28353354'"),
    ("an erratum", "28353354", "//PublicationType='Published Erratum'"),
    ("a reprint", "37153136", "//CommentsCorrections/@RefType='RepublishedFrom'"),
    ("a protocol", "36451150", "//PublicationType='Clinical Trial Protocol'"),
    ("a review", "28097909", "//PublicationType='Review'"),
    ("a meta-analysis", "38858391", "//PublicationType='Meta-Analysis'"),
    ("a book chapter", "99999904", "boolean(/PubmedArticleSet/PubmedBookArticle/BookDocument/Book)"),
    ("no abstract", "38315489", "not(//AbstractText) and //PublicationType='Randomized Controlled Trial'"),
    ("an unstructured abstract", "30283029", "count(//AbstractText)=1 and not(//AbstractText/@Label)"),
    ("a structured abstract", "31166571", "//AbstractText[@Label='INTERVENTIONS']/@NlmCategory='METHODS'"),
    ("headings inside one paragraph", "26919405", "//AbstractText/b='Methods'"),
    ("a collective author", "99999903", "boolean(//Author/CollectiveName)"),
    ("no authors", "32591498", "not(//AuthorList)"),
    ("an abstract in French", "24434008", "//OtherAbstract/@Language='fre' and //Language='fre'"),
    ("a vernacular title", "24434008", "boolean(//VernacularTitle)"),
    ("a date in words", "99999903", "//PubDate/MedlineDate='2021 Nov-Dec' and not(//PubDate/Year)"),
    ("a registry id in the DataBank", "31166571", "//AccessionNumber='NCT02493868'"),
    ("two registry ids", "37558912", "//AccessionNumber='NCT02493868' and //AccessionNumber='NCT02782104'"),
    ("an id of another registry", "36871913", "//AccessionNumber='UMIN000038347'"),
    ("an id in the abstract only", "32412700", "contains(//Abstract, 'NCT03039192') and not(//DataBank)"),
    ("an id under a wrong name", "38914860", "contains(//Abstract, 'ClinicalTrials.gov registration: ACTRN')"),
    ("italics in a title", "99999903", "//ArticleTitle/i='S' and //ArticleTitle/sup='1'"),
    ("a subscript in an abstract", "38916891", "//AbstractText/sub='16'"),
    ("not yet indexed", "38914860", "/*/*/MedlineCitation/@Status='In-Process' and not(//MeshHeadingList)"),
    ("a PMCID", "35020871", "/*/*/PubmedData/ArticleIdList/ArticleId[@IdType='pmc']='PMC9154276'"),
    ("an animal study", "38065224", "contains(//ArticleTitle, 'rats')"),
    ("healthy volunteers", "29392371", "contains(//ArticleTitle, 'healthy participants')"),
    ("anaesthesia for ECT", "29847468", "contains(//ArticleTitle, 'Electroconvulsive Therapy')"),
    ("prophylaxis at birth", "28357557", "//DescriptorName='Cesarean Section'"),
    ("respiratory depression", "38850067", "contains(//Abstract, 'Respiratory depression')"),
]


@pytest.mark.parametrize(("case", "pmid", "condition"), AWKWARD_RECORDS, ids=[case for case, _, _ in AWKWARD_RECORDS])
def test_an_awkward_record_is_in_the_sample(case, pmid, condition):
    assert PUBLICATIONS[pmid].xpath(condition) is True


@pytest.mark.parametrize("pmid", ["23982301", "30283029", "37792613", "99999902"])
def test_a_reference_list_holds_a_doi_that_is_not_the_articles_own(pmid):
    own = PUBLICATIONS[pmid].xpath("/*/*/PubmedData/ArticleIdList/ArticleId[@IdType='doi']/text()")
    cited = PUBLICATIONS[pmid].xpath("//Reference//ArticleId[@IdType='doi']/text()")
    assert (True, set()) == (bool(cited), set(own) & set(cited))


AWKWARD_WORDINGS = [
    ("a dose without its zero", "22840761", "(.5 mg/kg)"),
    ("a raised decimal point", "35020871", "(0·5 mg/kg)"),
    ("a dose without a space", "24268616", "0.5mg/kg over 40min"),
    ("per kilogram of body weight", "27056608", "0.5 mg per kilogram of body weight"),
    ("an exponent", "99999903", "0.2–0.4 mg kg−1 over 45–60 minutes"),
    ("a unit the wrong way round", "99999903", "0.4 kg/mg"),
    ("a dose per hour", "26919405", "0.6 mg/kg/h"),
    ("an entity escaped twice", "30246667", "P &lt; 0.001"),
    ("an old relation sign", "19897179", "> or =50%"),
    ("a slanted relation sign", "99999903", "⩾50%"),
    ("a percentage with a space", "35809678", "62.8 %"),
    ("a thousands comma", "38858391", "1,380 participants"),
    ("a number in words", "35020871", "One hundred and eighty-six inpatients"),
    ("a seven in words", "32078034", "Seven subjects"),
    ("the dose of the comparator", "28452409", "midazolam at 0.02 mg/kg"),
    ("a background dose", "30283029", "customarily infused at 0.5 mg/kg over 40 min"),
    ("doses of other drugs", "31109201", "escitalopram 10–20 mg/day"),
    ("an anaesthetic dose", "29847468", "ketamine (1–2 mg/kg)"),
    ("a titration", "27028832", "each further session added 0.1 mg/kg until 0.5 mg/kg"),
    ("a flexible dose", "31109201", "(56 or 84 mg, chosen flexibly)"),
    ("fixed doses", "31290965", "esketamine nasal spray 56 mg, esketamine nasal spray 84 mg or placebo"),
    ("three devices in one session", "99999904", "takes three devices, one after the other, in a single session"),
    ("a crossover", "37153136", "double-blind single-dose crossover design"),
    ("sessions of psychotherapy", "28490030", "12 sessions in 10 weeks"),
    ("visits that are not doses", "19897179", "Visits continued twice weekly"),
    ("tablets at home", "38914860", "tablets of 30, 60, 120 or 180 mg"),
    ("nationality", "39210712", "Thirty-four Japanese patients"),
]


@pytest.mark.parametrize(("case", "pmid", "words"), AWKWARD_WORDINGS, ids=[case for case, _, _ in AWKWARD_WORDINGS])
def test_an_awkward_wording_is_in_the_sample(case, pmid, words):
    assert words in abstract_of(pmid)


# --- links and traps ------------------------------------------------------------------------------------------------


def test_background_references_point_at_publications_of_other_trials():
    background = {i: referenced(i, "BACKGROUND") for i in REGISTRATIONS if referenced(i, "BACKGROUND")}
    assert {
        "NCT01920555": {"23982301"},
        "NCT02556606": {"19897179"},
        "NCT03113968": {"35020871"},
        "NCT04338321": {"31166571"},
        "NCT04504175": {"22840761"},
        "NCT99999901": {"99999901"},
    } == background
    assert [i for i, pmids in background.items() for pmid in pmids if i in ids_stated_by(pmid)] == []


def test_every_reference_points_at_a_publication_of_the_sample():
    assert set() == {pmid for i in REGISTRATIONS for pmid in referenced(i, "RESULT", "DERIVED", "BACKGROUND")} - set(
        PUBLICATIONS
    )


def test_some_trials_have_no_publication():
    stated = set().union(*(ids_stated_by(pmid) for pmid in PUBLICATIONS))
    unpublished = {i for i in REGISTRATIONS if i not in stated and not referenced(i, "RESULT", "DERIVED")}
    expected = {"NCT02556606", "NCT02918318", "NCT03336541", "NCT03458143", "NCT99999902", "NCT99999903"}
    assert expected == unpublished


def test_some_publications_are_linked_by_the_registry_alone():
    by_registry = set().union(*(referenced(i, "RESULT", "DERIVED") for i in REGISTRATIONS))
    assert {pmid for pmid in by_registry if not ids_stated_by(pmid)} == {"26707087", "30572160", "31734084", "38916891"}


def test_publications_of_one_trial_share_its_id():
    sharing = {pmid for pmid in PUBLICATIONS if "NCT01920555" in ids_stated_by(pmid)}
    assert {"30283029", "34090255"} == sharing


def test_a_protocol_and_its_report_share_a_foreign_registry_id():
    sharing = {pmid for pmid in PUBLICATIONS if "ChiCTR2000041232" in abstract_of(pmid)}
    assert {"36451150", "37414272"} == sharing


# --- awkward registrations ------------------------------------------------------------------------------------------


def test_twelve_registrations_have_results_and_one_has_every_module_in_full():
    with_results = [nct_id for nct_id, study in REGISTRATIONS.items() if study["hasResults"]]
    full = {"Age, Continuous", "Sex: Female, Male", "Race (NIH/OMB)", "Ethnicity (NIH/OMB)"}
    modules = {"participantFlowModule", "baselineCharacteristicsModule", "outcomeMeasuresModule", "adverseEventsModule"}
    assert len(with_results) == 12
    assert modules == set(REGISTRATIONS["NCT99999901"]["resultsSection"])
    assert full <= baseline_titles("NCT99999901")


def test_old_baseline_titles_are_in_the_sample():
    assert {"Age Continuous", "Gender", "Race/Ethnicity, Customized"} <= baseline_titles("NCT99999902")


@pytest.mark.parametrize(
    ("nct_id", "module", "value"),
    [
        ("NCT02918318", "outcomeMeasuresModule", "NA"),
        ("NCT99999902", "outcomeMeasuresModule", "1,850"),
        ("NCT99999902", "outcomeMeasuresModule", ".48"),
        ("NCT02497287", "outcomeMeasuresModule", ".3"),
        ("NCT02418585", "outcomeMeasuresModule", "=0.020"),
        ("NCT02418585", "outcomeMeasuresModule", "Standard Deviation"),
        ("NCT02493868", "baselineCharacteristicsModule", "STANDARD_DEVIATION"),
        ("NCT99999902", "baselineCharacteristicsModule", "INTER_QUARTILE_RANGE"),
        ("NCT02418585", "outcomeMeasuresModule", "STANDARD_ERROR_OF_MEAN"),
        ("NCT01920555", "outcomeMeasuresModule", "NOT_POSTED"),
    ],
)
def test_an_awkward_value_is_in_the_results(nct_id, module, value):
    assert value in set(strings_within(results(nct_id, module)))


@pytest.mark.parametrize("key", ["spread", "lowerLimit", "upperLimit", "numSubjects", "paramValue", "pValue"])
def test_every_measured_value_is_a_string(key):
    sections = [study.get("resultsSection", {}) for study in REGISTRATIONS.values()]
    assert {type(value) for value in values_of_key(key, sections)} == {str}


def test_a_class_may_have_a_size_of_its_own():
    classes = values_of_key("classes", results("NCT99999902", "baselineCharacteristicsModule"))
    assert any("denoms" in entry for group in classes for entry in group)


def test_a_baseline_may_lack_its_group_sizes():
    assert "denoms" not in results("NCT03039192", "baselineCharacteristicsModule")


def test_markdown_escapes_stand_in_the_text():
    texts = "\n".join(strings_within([REGISTRATIONS["NCT02418585"], REGISTRATIONS["NCT04504175"]]))
    assert [escape in texts for escape in ("\\>=50%", "\\<=12", "\\[duloxetine", "\\<10")] == [True] * 4


def test_dates_are_whole_or_partial():
    status = protocol("NCT99999901", "statusModule")
    assert (
        status["startDateStruct"]["date"],
        status["primaryCompletionDateStruct"]["date"],
    ) == ("2019-02", "2020-11-30")


def test_a_registration_may_name_no_phase_or_two():
    phases = {tuple(protocol(nct_id, "designModule").get("phases", ())) for nct_id in REGISTRATIONS}
    assert {(), ("NA",), ("PHASE3",), ("PHASE2", "PHASE3")} <= phases


def test_designs_range_from_a_single_group_to_a_crossover():
    models = {protocol(nct_id, "designModule")["designInfo"]["interventionModel"] for nct_id in REGISTRATIONS}
    assert {"SINGLE_GROUP", "PARALLEL", "CROSSOVER"} == models


def test_a_dose_ranging_trial_has_an_arm_for_each_dose():
    arms = protocol("NCT01920555", "armsInterventionsModule")["armGroups"]
    assert [arm["label"].split()[1] for arm in arms] == ["0.1", "0.2", "0.5", "1.0", "0.045"]


# --- against the real corpus ----------------------------------------------------------------------------------------


def words_of(text):
    return re.findall(r"[a-z0-9.%]+", text.lower())


def runs_of(text):
    words = words_of(text)
    return {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def lines_of(path):
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def written_texts():
    """What was written for the project; titles and citations are bibliographic facts."""
    for pmid, record in PUBLICATIONS.items():
        for section in record.iter("AbstractText"):
            yield pmid, "".join(section.itertext())
    for nct_id, study in (*REGISTRATIONS.items(), *EARLIER.items()):
        titles = {protocol(nct_id, "identificationModule")["briefTitle"], *values_of_key("citation", study)}
        for text in strings_within(study):
            if text not in titles:
                yield nct_id, text
    yield "README.md", (SAMPLE / "README.md").read_text("utf-8")


def published_texts(shared):
    for record in lines_of(shared / "corpus/pubmed/ketamine_abstracts.jsonl"):
        yield record["abstract"] or ""
    for record in lines_of(shared / "corpus/ctgov/ketamine_registry_text.jsonl"):
        yield record["brief_summary"] or ""
        yield record["detailed_description"] or ""
    for path in (shared / "corpus/ctgov/partial").glob("*.json"):
        yield from strings_within(json.loads(path.read_text("utf-8"))["resultsSection"])


@pytest.mark.corpus
def test_no_run_of_eight_words_is_taken_from_a_published_text(shared):
    mine = {run: where for where, text in written_texts() for run in runs_of(text)}
    taken = {(mine[run], run) for text in published_texts(shared) for run in runs_of(text) & mine.keys()}
    assert set() == taken


@pytest.mark.corpus
def test_titles_and_dois_are_those_of_the_published_records(shared):
    published = {r["pmid"]: r for r in lines_of(shared / "corpus/pubmed/ketamine_abstracts.jsonl")}
    known = PUBLICATIONS.keys() & published.keys()
    stated = {pmid: (title_of(pmid), PUBLICATIONS[pmid].findtext(".//ELocationID").lower()) for pmid in known}
    assert {pmid: (published[pmid]["title"], published[pmid]["doi"].lower()) for pmid in known} == stated


@pytest.mark.corpus
def test_every_registration_is_valid_by_the_official_description(shared):
    description = yaml.safe_load((shared / "corpus/ctgov/ctg-oas-v2.yaml").read_text("utf-8"))
    schema = {"$ref": "#/components/schemas/Study", "components": description["components"]}
    validator = jsonschema.Draft202012Validator(schema)
    errors = [(i, e.json_path, e.message) for i, study in REGISTRATIONS.items() for e in validator.iter_errors(study)]
    assert errors == []
    assert not validator.is_valid({"protocolSection": {"designModule": {"phases": ["PHASE9"]}}})


@pytest.mark.corpus
def test_posted_figures_are_those_of_the_registry(shared):
    for nct_id in ("NCT02418585", "NCT02918318"):
        posted = json.loads((shared / f"corpus/ctgov/partial/{nct_id}.json").read_text("utf-8"))
        theirs = [figures(m) for m in posted["resultsSection"]["outcomeMeasuresModule"]["outcomeMeasures"]]
        ours = [figures(m) for m in results(nct_id, "outcomeMeasuresModule")["outcomeMeasures"]]
        assert [measure for measure in ours if measure not in theirs] == []


def figures(measure):
    keys = ("value", "spread", "lowerLimit", "upperLimit", "paramValue", "pValue", "ciLowerLimit", "ciUpperLimit")
    return {key: sorted(values_of_key(key, measure)) for key in keys}
