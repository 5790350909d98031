"""oEmbed 1.0: what other sites show of an article, without scripts."""

from html.parser import HTMLParser


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.addresses = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name == "href"]


def test_a_page_leads_to_the_document_of_its_card(tree, documents):
    head = tree["2025/05/rich/index.html"].decode().partition("</head>")[0]
    address = "https://gaze.example/news/oembed/2025/05/rich.json"
    assert f'type="application/json+oembed" title="Mills &amp; &lt;more&gt;" href="{address}"' in head
    assert documents["oembed/2025/05/rich.json"]["title"] == "Mills & <more>"


def test_it_has_what_the_standard_asks_of_rich_ones(documents):
    for path, told in documents.items():
        if path.startswith("oembed/"):
            assert (told["type"], told["version"]) == ("rich", "1.0")
            assert told["width"] > 0
            assert told["height"] > 0
            assert len({"thumbnail_url", "thumbnail_width", "thumbnail_height"} & set(told)) in (0, 3)


def test_its_html_leads_to_the_article_and_runs_nothing(documents):
    told = documents["oembed/2025/05/rich.json"]
    html = Tags(told["html"])
    assert set(html.tags) == {"blockquote", "p", "a", "time"}
    assert html.addresses == ["https://gaze.example/news/2025/05/rich/"]
    assert "Mills &amp; &lt;more&gt;" in told["html"]


def test_a_retracted_article_has_no_card(tree):
    assert "oembed/2025/01/retracted.json" not in tree
    assert b"json+oembed" not in tree["2025/01/retracted/index.html"]
