# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Names that say themselves that they are invented: sample, model, made up, trial.

Cyrillic, Greek, Arabic, Indian and Far Eastern ones stand in Latin letters as
passports and transliteration standards write them. Together they hold letters that
the police keep and letters that have to be folded first.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an invented person comes from; ``code`` is a police code (``Kod3``)."""

    code: str
    surnames: tuple[str, ...]
    first_names: tuple[str, ...]
    city: str
    street: str


def _origin(code: str, surnames: str, first_names: str, city: str, street: str):
    names = tuple(surnames.split(", ")), tuple(first_names.split(", "))
    return Origin(code, *names, city, street)


ORIGINS = (
    # States of the European Union and of the Schengen area
    _origin(
        "DEU",
        "Musterhäuser, Beispielmüller, Erfundel, Scheinbäcker, Fiktenhöfer, Prüßmann",
        "Jörg, Änne, Götz, Käthe, Lüder, Friederike",
        "Musterstädt",
        "Beispielstraße",
    ),
    _origin(
        "POL",
        "Zmyślański, Przykładzik, Wzorcowska, Próbczak, Fikcjoński, Niebyłło",
        "Łucja, Zdzisław, Żaneta, Grażyna, Świętosław, Jędrzej",
        "Próbków nad Źródłem",
        "ulica Wzorcowa",
    ),
    _origin(
        "SVK",
        "Vymyslenský, Príkladník, Vzorkovič, Nebolčík, Skúšobňák, Údajný",
        "Ľubomír, Žofia, Andrej, Ľudmila, Ján, Štefánia",
        "Vzorňany",
        "Skúšobná",
    ),
    _origin(
        "HUN",
        "Mintaházi, Példabíró, Kitaláltfi, Próbaőri, Képzelfy, Űrkitöltő",
        "Győző, Tünde, Ödön, Zsófia, Gergő, Ágnes",
        "Mintafűzes",
        "Példa út",
    ),
    _origin(
        "ROU",
        "Exemplăreanu, Închipuițescu, Probașcu, Născocilă, Țintărescu-Model, Mostrânc",
        "Ștefan, Ioan, Mălina, Ruxandra, Florența, Mihăiță",
        "Târgul Exemplelor",
        "Strada Probelor",
    ),
    _origin(
        "FRA",
        "Exemplaire, Fictiveau, L’Échantillon, Inventœuvre, D’Essay, Modèle-Gâché",
        "Hélène, Maël, Noëlle, Zoé, Loïc, Françoise",
        "Essai-sur-Fiction",
        "rue de l’Exemple",
    ),
    _origin(
        "ESP",
        "Ejemplo Muñiz, Inventado Peñuela, Muestra Ibáñez, Fingido Güell",
        "Íñigo, Begoña, Ángel, Lucía, Martín, Montserrat",
        "Villaprueba",
        "Calle del Ejemplo",
    ),
    _origin(
        "PRT",
        "Exemplão, Invenções, Amostra Simões, Fictício Falcão, Ensaio Magalhães",
        "João, Inês, Conceição, Gonçalo, Luísa, Estêvão",
        "Vila Fictícia",
        "Rua da Amostra",
    ),
    _origin(
        "ITA",
        "D’Esempio, Inventatò, Provavecchi, Fittizi, Campioncino, Dell’Ipotesi",
        "Niccolò, Mirella, Cosimo, Desirè, Fabrizio, Giosuè",
        "Borgo Esempio",
        "via dell’Ipotesi",
    ),
    _origin(
        "NLD",
        "van der Voorbeeld, Proefstra, Verzonnen, van ’t Monster, de Fictie",
        "Joost, Anneloes, Daniël, Noëmi, Sjoerd, Liesbeth",
        "Voorbeeldrecht",
        "Proefkade",
    ),
    _origin(
        "SWE",
        "Exempelström, Påhittsson, Provmånsson, Fejkåker, Låtsaslöv",
        "Åsa, Björn, Märta, Göran, Signe, Örjan",
        "Exempelköping",
        "Påhittsvägen",
    ),
    _origin(
        "DNK",
        "Prøvegård, Eksempelsen, Opdigtebæk, Forsøgholm, Påfundsen",
        "Søren, Åse, Jørgen, Kæthe, Mads, Bodil",
        "Prøvekøbing",
        "Eksempelvænget",
    ),
    _origin(
        "NOR",
        "Prøvdal, Oppdiktøy, Eksempelsæther, Tenktberg, Påfunnhaug",
        "Øyvind, Synnøve, Håkon, Ragnhild, Bjørg, Torbjørn",
        "Prøvestrøm",
        "Eksempelgata",
    ),
    _origin(
        "ISL",
        "Prófsson, Dæmisdóttir, Þykjustuson, Ímyndardóttir, Ætlunarson",
        "Þóra, Guðrún, Ægir, Sæþór, Ólöf, Friðrik",
        "Dæmisvík",
        "Þykjustugata",
    ),
    _origin(
        "FIN",
        "Esimerkkilä, Keksittynen, Mallikkö, Koeniemi, Kuvitelmäki",
        "Väinö, Päivi, Yrjö, Säde, Tuomas, Mäkri",
        "Mallinkylä",
        "Esimerkkikatu",
    ),
    _origin(
        "EST",
        "Näidismägi, Väljamõeld, Proovlõhmus, Katsejärv, Ettekääne",
        "Õie, Ülo, Tõnu, Külli, Härmo, Maarja",
        "Näidisküla",
        "Prooviõue",
    ),
    _origin(
        "LVA",
        "Izdomiņš, Piemērbērziņa, Paraugkalniņš, Mēģinātājs, Iedomčaķe",
        "Ģirts, Jānis, Ķērsta, Ļubova, Šarlote, Uldis",
        "Paraugciems",
        "Piemēru iela",
    ),
    _origin(
        "LTU",
        "Pavyzdūnas, Išgalvotytė, Bandžiūnas, Tariamaitė, Spėjųs",
        "Živilė, Ąžuolas, Rūta, Žygimantas, Eglė, Šarūnas",
        "Pavyzdžiai",
        "Bandymų gatvė",
    ),
    _origin(
        "HRV",
        "Izmišljotić, Primjerčević, Uzorkođić, Pokušić, Zamišljanec",
        "Đurđica, Željko, Šime, Ćiril, Lucija, Krešimir",
        "Primjerovac",
        "Izmišljena ulica",
    ),
    _origin(
        "BGR",
        "Primerov, Izmislenski, Obraztsova, Probev, Mostrachki",
        "Zhivko, Tsvetana, Yordan, Shtilyana, Lyubomir, Asya",
        "Obraztsovo",
        "ulitsa Primerna",
    ),
    _origin(
        "GRC",
        "Paradeigmatópoulos, Dokimastḗs, Plasmatikákis, Ypothetídou, Deigmatás",
        "Geṓrgios, Eirḗnē, Iōánnēs, Chrysoúla, Theódōros, Kōnstantína",
        "Paradeigmatochṓri",
        "odós Dokimḗs",
    ),
    _origin(
        "MLT",
        "Eżempjat, Ivvintat, Kampjun-Ħolma, Provetta",
        "Ġorġ, Ħelena, Żeppi, Marì, Ċensa, Toni",
        "Ħal Eżempju",
        "Triq il-Prova",
    ),
    # Free of visa
    _origin(
        "GBR",
        "O’Sample, Sampleworth, Mockingham, Testerly-Smythe, Fictionby",
        "Siân, Zoë, Rupert, Aoife, Alasdair, Chloë",
        "Sampleford-on-Test",
        "Example Lane",
    ),
    _origin(
        "USA",
        "Samplesworth, Placeholder, Testington, McMockley, Madeupson",
        "Renée, Tyler, LaShawn, José, Skyler, D’Andre",
        "Exampleville",
        "Placeholder Ave. (East) #",
    ),
    _origin(
        "BRA",
        "Exemplonçalves, Fictício da Conceição, Inventão, Ensaião",
        "Antônio, Thaís, Luã, Simoní, Cauê, Marlúcia",
        "São Exemplo",
        "Rua Fictícia",
    ),
    _origin(
        "JPN",
        "Mihon’yama, Tesutōda, Kakūzawa, Reibunō, Kasōmura",
        "Tarō, Yūko, Shōta, Ryōko, Jun’ichi, Kyōhei",
        "Mihon-shi",
        "Kakū-dōri",
    ),
    _origin(
        "KOR",
        "Gasangk, Bogim, Siheom, Yejeong, Sangsang",
        "Min-su, Yŏng-hŭi, Chŏl-su, Ha-na, Sŏ-yŏn, To-yun",
        "Gasang-si",
        "Bogi-ro",
    ),
    _origin(
        "ISR",
        "Ben-Dugma, Dimyoni, Mumtza’i, Nisuyan, Beduya",
        "Ṣefanya, Noʻa, Yiẓḥaq, Ya’el, Avishai, Ḥava",
        "Kfar Dugma",
        "Rehov haNisuy",
    ),
    # Free of visa with a biometric passport
    _origin(
        "UKR",
        "Vyhadanenko, Prykladʹko, Zrazkovyč, Probnyj-Ščuk, Ujavnycʹka, Nebulenko",
        "Oleksandra, Jevhen, Ljubov’, Svjatoslav, Žanna, Ihor",
        "Prykladivka",
        "vulycja Vyhadana",
    ),
    _origin(
        "SRB",
        "Izmišljenović, Probnjaković, Primerđić, Uzorčević, Nepostojević",
        "Đorđe, Žaklina, Ljubiša, Ćira, Snežana, Uroš",
        "Primerovac",
        "Probna ulica",
    ),
    _origin(
        "GEO",
        "Magalitʼishvili, Gamogonadze, Nimushia, Tsdashvili, Savaraudo",
        "Tʼamar, Giorgi, Ketʼevan, Zurab, Nino, Levan",
        "Magalitʼi",
        "Nimushis kʼucha",
    ),
    _origin(
        "ALB",
        "Shembulli, Sajuesi, Mostraj, Trillimi, Provëza",
        "Përparim, Çelik, Mirëlinda, Gëzim, Ëngjëll, Besa",
        "Shembullaj",
        "Rruga e Provës",
    ),
    _origin(
        "MDA",
        "Născocitu, Presupusă, Exemplaru, Închipuitu, Mostrescu",
        "Ilie, Țvetan, Sînziana, Grațiela, Păun, Măriuca",
        "Exempleni",
        "Strada Născocirii",
    ),
    # With visa duty
    _origin(
        "RUS",
        "Vymyšlennikov, Primerʹev, Obrazcova, Ščupalʹcev, Probnikova, Nebylicyn",
        "Aleksandr, Ûliâ, Fëdor, Èlʹvira, Matvej, Žanna",
        "Primersk",
        "ulica Vymyšlennaâ",
    ),
    _origin(
        "BLR",
        "Vydumlevič, Prykladčanka, Uzornik, Prabavaŭ, Nibyta",
        "Ŭladzimir, Alesia, Źmicier, Śviatłana, Jaŭhien, Hanna",
        "Uzoraŭka",
        "vulica Prabnaja",
    ),
    _origin(
        "KAZ",
        "Ülgıbaev, Synaqov, Oidanşyğarova, Mysaldy, Qiyalbek",
        "Äsel, Nūrlan, Äygerim, Öten, Ğalym, Şolpan",
        "Mysal auyly",
        "Synaq köşesı",
    ),
    _origin(
        "CHN",
        "Yàngběn, Xūgòu, Cèshì, Lìzi, Jiǎshè, Shìyàn",
        "Xiǎomíng, Jiǎrén, Lǜyún, Měilì, Dàwěi, Qīngqīng",
        "Yàngběnchéng",
        "Cèshì Lù",
    ),
    _origin(
        "VNM",
        "Nguyễn Thử, Phạm Ví Dụ, Đặng Giả Định, Trần Mẫu, Hồ Hư Cấu, Lưỡng Thí",
        "Thị Hồng, Văn Đức, Ngọc Ánh, Quốc Dũng, Thuỳ Dương, Bảo",
        "Thị trấn Ví Dụ",
        "Đường Giả Định",
    ),
    _origin(
        "TUR",
        "Örnekoğlu, Uydurmaz, Denemeci, İmgecioğlu, Varsayımlı, Şablon",
        "İpek, Çağrı, Gülşen, Işık, Özgür, Yıldız",
        "Örnekköy",
        "Deneme Sokağı",
    ),
    _origin(
        "EGY",
        "al-Mithālī, ʻAbd al-Mukhtaraʻ, at-Taǧrībī, an-Namūḏaǧī, al-Khayālī",
        "Karīm, Laylā, Ṣafāʼ, Ḥusnī, Ẓarīf, Ḍuḥā",
        "Madīnat al-Mithāl",
        "Shāriʻ at-Taǧriba",
    ),
    _origin(
        "IRN",
        "Namūneʼī, Āzmāyeshī, Khiyālpūr, Farzīzāde, Mesālī",
        "Shīrīn, Bābak, Ṭāhere, Kāveh, Nāzanīn, Reżā",
        "Namūneābād",
        "Kūche-ye Āzmāyesh",
    ),
    _origin(
        "IND",
        "Udāharaṇkar, Namūnāwālā, Parīkṣāṇī, Kālpanikā, Miśāl",
        "Śyām, Lakṣmī, Ṛtu, Kṛpā, Jñāneś, Āśā",
        "Udāharaṇpur",
        "Parīkṣā Mārg",
    ),
    _origin(
        "NGA",
        "Àpẹẹrẹ, Adánwò, Ìrònúolú, Àwòkọ́ṣe, Olúdánwò",
        "Ọláìtàn, Fọlákẹ́, Ṣadé, Bísí, Túndé, Kẹ́hìndé",
        "Ìlú Àpẹẹrẹ",
        "Ọ̀nà Àdánwò",
    ),
)
