# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The confirmation of secured accommodation for an invited foreigner.

A paper for an office or an embassy: in Czech or English whatever languages are
installed, so its words stand here and not among the translations.
"""

from odoo.tools import format_date

from ..models.paper_fonts import paper_fonts
from ..ubyport.certificate_pdf import Certificate, Section, render

WORDS = {
    "cs": {
        "title": "Potvrzení o zajištění ubytování",
        "subtitle": "k pozvání cizince do České republiky č. %s",
        "opening": "Potvrzujeme, že níže uvedené osobě je po celou uvedenou dobu "
        "zajištěno ubytování v našem ubytovacím zařízení.",
        "guest": "Ubytovaná osoba",
        "surname": "Příjmení",
        "first_name": "Jméno",
        "birth": "Datum narození",
        "nationality": "Státní občanství",
        "document": "Číslo cestovního dokladu",
        "residence": "Bydliště v zahraničí",
        "place": "Ubytovací zařízení",
        "facility": "Název",
        "address": "Adresa",
        "idub": "IDUB",
        "contact": "Kontakt",
        "operator": "Ubytovatel",
        "company_id": "IČO",
        "stay": "Doba ubytování",
        "from": "Od",
        "until": "Do",
        "days": "Počet dnů",
        "inviter": "Zvoucí osoba",
        "costs": "Náklady hrazené zvoucí osobou",
        "full": "v plném rozsahu",
        "accommodation": "pouze ubytování",
        "legalise": "Pro pobyt nad 90 dnů se podpis na tomto potvrzení úředně ověřuje.",
        "date": "V %(place)s dne %(date)s",
        "signature": "Jméno, podpis a razítko ubytovatele",
        "footer": "Vystaveno pro účely ověření pozvání a žádosti o vízum (zákon "
        "č. 326/1999 Sb., o pobytu cizinců na území České republiky).",
    },
    "en": {
        "title": "Confirmation of Secured Accommodation",
        "subtitle": "for the invitation of a foreigner to the Czech Republic no. %s",
        "opening": "We confirm that accommodation in our facility is secured for the "
        "person named below during the whole period stated.",
        "guest": "Person Accommodated",
        "surname": "Surname",
        "first_name": "Given names",
        "birth": "Date of birth",
        "nationality": "Nationality",
        "document": "Travel document number",
        "residence": "Residence abroad",
        "place": "Accommodation Facility",
        "facility": "Name",
        "address": "Address",
        "idub": "IDUB",
        "contact": "Contact",
        "operator": "Accommodation provider",
        "company_id": "Company number (IČO)",
        "stay": "Period of Accommodation",
        "from": "From",
        "until": "Until",
        "days": "Days",
        "inviter": "Inviting person",
        "costs": "Costs borne by the inviting person",
        "full": "in full",
        "accommodation": "accommodation only",
        "legalise": "For a stay of more than 90 days the signature on this "
        "confirmation has to be officially verified.",
        "date": "%(place)s, %(date)s",
        "signature": "Name, signature and stamp of the accommodation provider",
        "footer": "Issued for the verification of the invitation and the application "
        "for a visa (Act No. 326/1999 Coll., on the residence of foreign nationals).",
    },
}


def accommodation_pdf(invitation, lang):
    """Return the confirmation for a hotel.invitation as PDF.

    :param str lang: "cs" or "en"
    """
    return render(_certificate(invitation, lang), paper_fonts())


def _certificate(invitation, lang):
    words, facility = WORDS[lang], invitation.facility_id
    company = invitation.company_id.sudo()
    day = _day(invitation._today(), invitation, lang)
    return Certificate(
        sender=(facility.name, company.name, _address(facility)),
        title=words["title"],
        subtitle=words["subtitle"] % invitation.name,
        opening=words["opening"],
        sections=(
            Section(heading=words["guest"], rows=_guest_rows(invitation, words, lang)),
            Section(heading=words["stay"], rows=_stay_rows(invitation, words, lang)),
            Section(heading=words["place"], rows=_place_rows(invitation, words)),
        ),
        closing=(words["legalise"],) if invitation.is_long else (),
        place_and_date=words["date"]
        % {"place": facility.municipality or "", "date": day},
        signature=words["signature"],
        footer=words["footer"],
    )


def _guest_rows(invitation, words, lang):
    residence = (
        invitation.residence_street,
        invitation.residence_city,
        _country(invitation.residence_country_id, lang),
    )
    born = invitation.birth_date
    year_only = born and invitation.birth_year_only
    return (
        (words["surname"], invitation.surname),
        (words["first_name"], invitation.first_name),
        (words["birth"], str(born.year) if year_only else _day(born, invitation, lang)),
        (words["nationality"], _country(invitation.nationality_id, lang)),
        (words["document"], invitation.document_number),
        (words["residence"], ", ".join(filter(None, residence))),
    )


def _stay_rows(invitation, words, lang):
    return (
        (words["from"], _day(invitation.arrival_date, invitation, lang)),
        (words["until"], _day(invitation.departure_date, invitation, lang)),
        (words["days"], str(invitation.stay_days)),
        (words["inviter"], invitation.inviter_id.sudo().name),
        (words["costs"], words[invitation.costs]),
    )


def _place_rows(invitation, words):
    facility, company = invitation.facility_id, invitation.company_id.sudo()
    return (
        (words["facility"], facility.name),
        (words["address"], _address(facility)),
        (words["idub"], facility.idub),
        (words["contact"], facility.contact),
        (words["operator"], company.name),
        (words["company_id"], company.company_registry),
    )


def _address(facility):
    """Return the facility's address as one line."""
    numbers = "/".join(
        filter(None, (facility.house_number, facility.orientation_number))
    )
    street = " ".join(filter(None, (facility.street, numbers)))
    town = " ".join(filter(None, (facility.zip, facility.municipality)))
    return ", ".join(filter(None, (street, facility.municipality_part, town)))


def _country(country, lang):
    if lang == "cs":
        return country.name_cs or country.name
    return country.with_context(lang="en_US").name


def _day(day, invitation, lang):
    """Return a date which nobody reads the wrong way round."""
    if not day:
        return ""
    if lang == "cs":
        return f"{day.day}. {day.month}. {day.year}"
    return format_date(invitation.env, day, lang_code="en_US", date_format="d MMMM y")
