"""Which articles are news at this hour, and when each ceases to be."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from gazepress.model import Article

_NEWS_FOR = timedelta(days=2)  # Google Search Central, News sitemaps


def find_news(articles: Mapping[str, Article], as_of: datetime) -> dict[str, datetime]:
    """Return since when readers could read each article that is news, in the order of the articles."""
    since = (as_of - _NEWS_FOR).timestamp()
    moments = ((article.id, _published(article)) for article in articles.values())
    return {article: moment for article, moment in moments if moment.timestamp() > since}


def news_ends(news: Mapping[str, datetime]) -> Iterator[datetime]:
    """Yield when each of the articles ceases to be news."""
    return (moment + _NEWS_FOR for moment in news.values())


def _published(article: Article) -> datetime:
    """Return when readers could first read an article: its date, or the end of its embargo."""
    matter = article.matter
    return max(matter.date, matter.embargo, key=datetime.timestamp) if matter.embargo else matter.date
