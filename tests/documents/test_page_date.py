import pytest

from pledgebook.documents.page_date import page_date

ARTICLE = "<article><h1>Wells</h1>{}<p>We will dig wells by 1 May 2025.</p></article>"


@pytest.mark.parametrize(
    "page",
    [
        '<meta property="article:published_time" content="2024-09-30T10:00:00Z">',
        '<META NAME="DC.date.issued" CONTENT="2024-09-30T10:00:00Z"/>',
        '<script type="application/ld+json">{"@graph": [{"dateModified": "2025-01-01", "datePublished": "2024-09-30T10:00:00Z"}]}</script>',
        ARTICLE.format('<time datetime="2024-09-30T10:00:00Z">yesterday</time>'),
        '<span itemprop="datePublished" content="2024-09-30T10:00:00Z">30 Sep</span>',
        '<nav><time datetime="2020-01-01"></time></nav>'
        + ARTICLE.format('<time class="published" datetime="2024-09-30T10:00:00Z"></time>'),
        ARTICLE.format('<time datetime="2020-01-01"></time>') + '<meta name="pubdate" content="Mon, 30 Sep 2024 10:00:00 GMT">',
        ARTICLE.format('<time class="updated" datetime="2025-01-01"></time><time datetime="2024-09-30T10:00:00Z"></time>'),
        '<![if broken]><meta name="date" content="2024-09-30T10:00:00Z"><p <<',
    ],
)
def test_markup_tells_the_day(page: str) -> None:
    assert page_date(page).marked_up == "2024-09-30T10:00:00+00:00"


@pytest.mark.parametrize(
    "page",
    [
        '<meta property="article:modified_time" content="2024-09-30">',
        '<meta name="date" content="today">',
        ARTICLE.format('<time class="updated" datetime="2024-09-30"></time>'),
        '<footer><time datetime="2024-09-30"></time></footer>',
        "<footer>Last updated 30 September 2024</footer>",
        '<script>{"datePublished": "2024-09-30"}</script>',
        "",
    ],
)
def test_nothing_else_does(page: str) -> None:
    found = page_date(page)
    assert (found.marked_up, found.shown) == (None, "")


@pytest.mark.parametrize(
    ("element", "shown"),
    [
        ('<div class="article-date">30 September <b>2024</b></div>', "30 September 2024"),
        ('<p id="pub-date">Published:<br> 30 September 2024</p>', "Published: 30 September 2024"),
        ('<div class="date"><div>30 September</div><div>2024</div></div>', "30 September 2024"),
        ('<div class="update-date">30 September 2024</div>', ""),
        ('<div class="candidate">30 September 2024</div>', ""),
    ],
)
def test_the_words_of_an_element_that_is_marked_as_a_date_are_shown(element: str, shown: str) -> None:
    assert page_date(ARTICLE.format(element)).shown == shown
