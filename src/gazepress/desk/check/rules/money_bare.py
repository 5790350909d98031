"""Sums of money without their currency."""

import re
from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.diagnostics import Severity

# Words of money, a large number, and then something that is no name of what is counted: “worth 3 million, …”.
_AMOUNTS = {
    "en": re.compile(
        r"""\b(?: worth|costs?|costing|priced\ at|price\ of|pays?|paid|valued\ at|budget\ of|spen[dt]
            | invest(?:s|ed|ing)?|loan\ of|lends?|grants?\ of|revenues?\ of|sales\ of|profits?\ of|contract\ for
            | fund\ of|fined )
        (?:\ (?: about|around|some|nearly|almost|over|under|up\ to|more\ than|less\ than|at\ least|another
            | an\ additional ))?
        \ (?P<amount> \d[\d.,]* (?:[ \u00a0](?:million|billion|thousand|bn|mn|mln|m))+ )
        (?= \s*(?:[.,;:!?)]|$)
          | \s+(?:for|in|on|to|from|by|over|a|per|each|last|this|next|and|but|which|while|after|before|under|until
            |since|as|so)\b )""",
        re.IGNORECASE | re.VERBOSE,
    ),
    "uk": re.compile(
        r"""\b(?: вартістю|вартість|кошту(?:є|ють|вав|вала|вали|ватиме)|на\ суму|сумою|за\ ціною|бюджетом|заплати\w+
            | сплати\w+|виділи\w+|інвесту\w+|витрати\w+|кредит )
        (?:\ (?: близько|приблизно|майже|понад|до|більш\ як|не\ менше|у|в|на|ще ))*
        \ (?P<amount> \d[\d.,]* (?:[ \u00a0](?:млн|млрд|тис\.|мільйон\w*|мільярд\w*|тисяч\w*))+ )
        (?= \s*(?:[.,;:!?)]|$)
          | \s+(?:на|у|в|за|для|від|до|з|із|щороку|і|й|та|але|а|після|під|що|який|яка|які)\b )""",
        re.IGNORECASE | re.VERBOSE,
    ),
}
# A paragraph that names a currency speaks of that one.
_CURRENCY = re.compile(
    r"[$€£¥₴]|\b(?:euros?|dollars?|pounds?|hryvnias?|hryvnia|zloty|francs?|kron[ae]r?|yen|rubles?|EUR|USD|UAH|GBP|"
    r"євро|долар\w*|фунт\w*|грив\w*|грн|злот\w*|крон\w*|єн\w*|рубл\w*)\b",
    re.IGNORECASE,
)


def _look(text: Text) -> Iterator[Hit]:
    amounts = _AMOUNTS.get(text.language)
    if amounts is None:
        return
    for passage in text.counted:
        for found in amounts.finditer(passage.text) if not _CURRENCY.search(passage.text) else ():
            message = f"“{found['amount']}” has no currency"
            yield Hit(message, passage.place(found.start("amount")), "say of which: euros, dollars, hryvnias")


RULE = TextRule(
    "money-bare",
    Severity.NOTE,
    "A sum of money comes without its currency. English and Ukrainian.",
    "Name it: the reader may count in another one.",
    _look,
)
