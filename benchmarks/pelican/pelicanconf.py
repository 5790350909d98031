"""Pelican's settings: the addresses and lists that gazepress has by default."""

SITENAME = "The Bench"
SITEURL = "https://bench.example"
PATH = "content"
OUTPUT_PATH = "public"
THEME = "theme"
THEME_STATIC_DIR = "theme"
TIMEZONE = "Europe/Kyiv"
DEFAULT_LANG = "en"
SLUGIFY_SOURCE = "basename"
DEFAULT_PAGINATION = 30
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
PAGINATED_TEMPLATES = {"index": None, "tag": None, "category": None, "author": None}
DIRECT_TEMPLATES = ["index", "tags", "authors", "sitemap", "404"]
SITEMAP_SAVE_AS = "sitemap.xml"
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
CATEGORY_URL = "sections/{slug}/"
CATEGORY_SAVE_AS = CATEGORY_URL + "index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = TAG_URL + "index.html"
TAGS_SAVE_AS = "tags/index.html"
AUTHOR_URL = "authors/{slug}/"
AUTHOR_SAVE_AS = AUTHOR_URL + "index.html"
AUTHORS_SAVE_AS = "authors/index.html"
FEED_DOMAIN = SITEURL
FEED_MAX_ITEMS = 30
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_RSS = None
FEED_RSS = "feed.xml"
CATEGORY_FEED_RSS = "sections/{slug}/feed.xml"
RSS_FEED_SUMMARY_ONLY = False
STATIC_PATHS: list[str] = []
