"""One file, complete in itself, safe to open and right in what it says."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from staffing.domain.errors import InputError
from staffing.report import figures
from staffing.report.document import render, write_report

VOID = {"meta", "br", "link", "img", "input", "hr"}
OPTIONAL = {"li", "p"}


class Reader(HTMLParser):
    """Collect tags, attributes and the text of scripts; complain about what is not closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data):
        if not self.open or self.open[-1] not in {"script", "style"}:
            self.text.append(data)


@pytest.fixture
def page(build, book) -> str:
    return render(build, book)


@pytest.fixture
def own(page) -> str:
    """The page without plotly's own code."""
    assert page.count(figures.plotly_js()) == 1
    return page.replace(figures.plotly_js(), "")


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    assert reader.open == []
    return reader


def test_nothing_can_be_fetched(own):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', own)
    assert policy
    assert policy[1].startswith("default-src 'none'")
    assert "connect-src" not in policy[1]
    assert not re.search(r"https?://|//[a-z]|@import|url\(", own)
    for tag, attributes in read(own).tags:
        assert tag not in {"link", "iframe", "object", "embed", "img"}
        assert "src" not in attributes
        assert (attributes.get("href") or "#").startswith("#")
        assert not [name for name in attributes if name.startswith("on")]


def test_links_lead_somewhere(own):
    tags = read(own).tags
    places = {attributes.get("id") for _, attributes in tags}
    targets = {str(a["href"])[1:] for _, a in tags if "href" in a}
    assert targets <= places
    assert len(targets) == 8


def test_names_are_text_not_html(own):
    assert "<script>alert" not in own
    assert "<script>alert('x')</script>" in "".join(read(own).text)


def test_all_figures_are_json(own):
    found = re.findall(r'<script type="application/json">(.*?)</script>', own, re.DOTALL)
    # all work and one workstream; people and two queues; improvement
    assert len(found) == 2 + 3 + 1
    assert all({"data", "layout"} <= set(json.loads(text)) for text in found)


def test_what_a_director_reads(own):
    text = re.sub(r"\s+", " ", " ".join(read(own).text))
    for expected in (
        "Trust & Safety",
        "Week 2026-W43",
        "Targets missed",
        "1 of 2",
        "Legal is 10 h of work short on Monday evening.",
        "Chen is on leave.",
        "22:00–06:00",
        "Ann (a1) rests 15.5 h; 16 h are needed.",
        "Europe/Dublin",
        "Mean4",
        "rest_minutes = 660",
        "500 MB",
    ):
        assert expected in text


def test_every_site_can_be_chosen_and_every_zone_shown(own):
    tags = [attributes for _, attributes in read(own).tags]
    zones = {a["data-zone"] for a in tags if "data-zone" in a}
    options = {a["value"] for a in tags if "value" in a}
    assert zones == {"UTC", "Europe/Dublin", "Asia/Singapore"}
    assert zones | {"dublin", "singapore", ""} == options


def test_a_build_without_a_schedule_has_a_report(unsolved, book):
    text = " ".join(read(render(unsolved, book).replace(figures.plotly_js(), "")).text)
    assert "No schedule" in text
    assert "The time ran out" in text


def test_the_same_build_gives_the_same_page(build, book, page):
    assert render(build, book) == page


def test_the_file_is_written_whole_and_replaced(tmp_path, build, book):
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")
    write_report(path, build, book)
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_a_place_that_cannot_be_written_is_named(tmp_path, build, book):
    with pytest.raises(InputError, match=r"report\.html: cannot be written"):
        write_report(tmp_path / "missing" / "report.html", build, book)
