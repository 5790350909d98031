"""One report in the shape in which editors paste them: a line a paragraph, no empty lines, and the house's phrases."""

REPORT = """\
---
title: Harbor Guard Orders More Sensor Buoys
date: 2026-03-09 08:15
tags: [naval drones, radar]
---
The Harbor Guard has ordered forty more sensor buoys from Northmock Shipyards.
The Lookout reports this, referring to the Harbor Directorate of Exempla.
“They see what we could not,” said Captain Nora Muster. “We want one at each mole.”
Deliveries start in May, and the last buoy is due by the end of the year.
As The Lookout reported earlier, the first lot passed [a winter of trials](../2025/winter-trials.md) in the north.
As The Lookout previously reported, the yard has doubled its staff.
Read more on The Lookout: Quiet Water: What a Buoy “Hears” – and What It Doesn’t
Read also: [[Moles and Men|how harbors are guarded]]
"""


def test_a_pasted_report_gives_all_that_is_in_it(read_file):
    read = read_file(REPORT)
    document = read.document
    assert read.html == (
        "<p>The Harbor Guard has ordered forty more sensor buoys from Northmock Shipyards.\n"
        "The Lookout reports this, referring to the Harbor Directorate of Exempla.\n"
        "“They see what we could not,” said Captain Nora Muster. “We want one at each mole.”\n"
        "Deliveries start in May, and the last buoy is due by the end of the year.\n"
        "As The Lookout reported earlier, the first lot passed {open 0}a winter of trials{close 0} in the north.\n"
        "As The Lookout previously reported, the yard has doubled its staff.</p>\n"
        "{Read more on The Lookout: 1}{Read also: 2}"
    )
    assert [(one.kind.value, one.target, one.line, one.column) for one in document.refs] == [
        ("earlier", "../2025/winter-trials.md", 10, 55),
        ("read-more", "Quiet Water: What a Buoy “Hears” – and What It Doesn’t", 12, 27),
        ("read-more", "Moles and Men", 13, 12),
    ]
    assert [(one.text, one.line, one.column) for one in document.attributions] == [
        ("Harbor Directorate of Exempla", 7, 1)
    ]
    assert [(one.text, one.line, one.column) for one in document.earlier] == [
        ("As The Lookout previously reported, the yard has doubled its staff.", 11, 1)
    ]
    assert document.summary.startswith("The Harbor Guard has ordered forty more sensor buoys")
    assert read.body.words == 82
    assert read.problems == [
        "7:1: source-proposed: the text names a source that is not listed: Harbor Directorate of Exempla"
    ]
    assert read.hints == ['add to the front matter: sources: [{name: "Harbor Directorate of Exempla"}]']
