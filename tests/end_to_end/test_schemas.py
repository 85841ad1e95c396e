"""The shipped definitions, and those of the made-up survey, are valid against the XSDs that stand beside them."""

import subprocess
import unittest

import support
from support import MAPPINGS, SURVEY, TEMPLATES

XSD = {"template": TEMPLATES / "template.xsd", "wording": TEMPLATES / "wording.xsd", "mapping": MAPPINGS / "mapping.xsd",
       "indicators": MAPPINGS / "indicators.xsd", "checks": MAPPINGS / "checks.xsd", "vocabulary": MAPPINGS / "vocabulary.xsd"}


def kind_of(path):
    return support.ElementTree.parse(path).getroot().tag


def xmllint(schema, *files):
    return subprocess.run(["xmllint", "--noout", "--nonet", "--schema", str(schema), *map(str, files)], capture_output=True,
                          text=True, timeout=60, check=False)


class Schemas(support.TestCase):
    def test_shipped_xml_and_the_survey_are_valid(self):
        files = sorted([*TEMPLATES.glob("*.xml"), *MAPPINGS.glob("*.xml"), *SURVEY.glob("*.xml")])
        self.assertEqual({kind_of(file) for file in files}, set(XSD))
        self.assertGreater(len(files), 14)
        for file in files:
            with self.subTest(file=file.name):
                result = xmllint(XSD[kind_of(file)], file)
                self.assertEqual(result.returncode, 0, result.stderr)

    def test_a_misspelt_attribute_or_element_is_not_valid(self):
        for path, old, new in ((TEMPLATES / "tra-vinh-2021.xml", " caption=", " captoin="),
                               (MAPPINGS / "tra-vinh-2021.xml", "<row ", "<rwo "),
                               (MAPPINGS / "indicators.xml", 'kind="count"', 'kind="number"'),
                               (MAPPINGS / "checks.xml", 'type="at-most"', 'type="at-least"'),
                               (MAPPINGS / "vocabulary.xml", 'means="zero"', 'means="null"'),
                               (TEMPLATES / "wording.xml", 'severity="error"', 'severity="fatal"')):
            with self.subTest(file=path.name):
                text = path.read_text(encoding="utf-8")
                self.assertIn(old, text)
                broken = self.folder / path.name
                broken.write_text(text.replace(old, new, 1), encoding="utf-8")
                self.assertNotEqual(xmllint(XSD[kind_of(path)], broken).returncode, 0)


if __name__ == "__main__":
    unittest.main()
