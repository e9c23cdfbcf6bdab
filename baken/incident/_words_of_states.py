"""How states are called in English and Dutch, their inhabitants and the places that stand for them.

Beginnings of words: ``Russi`` is found in Russia, Russian and Russische.  Written by hand along the list of
members and observers of the United Nations, with Kosovo and Taiwan; names in other tongues are not in it.
"""

BEGINNINGS = tuple(
    word.replace("_", " ")
    for word in """
Afgh Alban Alger Andorr Angol Antigua Argentin Armeni Austral Austri Oostenrijk Azerbai Azerbe Baham Bahr
Bangla Bengal Barbad Belarus Belarussi Belg Beliz Benin Bhutan Boliv Bosni Botsw Brazil Brazil Brune Bulga
Burkin Burund Cambod Cambodj Cameroon Kameroen Canad Cape_Verd Kaapverd Central_Afric Centraal-Afrik Chad
Tsjaad Tsjadi Chile Chili China Chinees Chinese Colomb Comor Congo Costa_Ric Croat Kroat Cuba Cypr Czech
Tsjech Denmark Danish Denem Deens Djibou Domini Ecuador Egypt El_Salvador Salvador Equatorial_Guin
Equatoriaal-Guin Eritr Estoni Estland Estisch Eswatin Ethiop Fiji Finland Finnish Fins Franc French Frans
Frankrijk Gabon Gambi Georgi Germ Duits Ghan Greece Greek Griek Grenad Guatem Guin Guyan Haït Haiti Hondur
Hungar Hongar Iceland IJsland India Indiaas Indiase Indones Iran Iraq Irak Ireland Irish Ierland Iers Israel
Israël Italy Italian Itali Ivor Ivoor Jamaic Japan Jordan Kazakh Kazach Kenya Kenia Kiribat Korea Kosov Kuwait
Koeweit Kyrgyz Kirgiz Laos Laoti Latvi Letland Lets Leban Libano Libanes Lesoth Liberi Liby Libi Liechtenst
Lithuan Litouw Luxemb Madagas Malag Malaw Malays Maleis Maldiv Maldiev Mali Malta Maltees Maltese Marshall
Mauritan Mauriti Mexic Micrones Moldov Moldav Monac Mongol Monteneg Morocc Marok Mozamb Myanmar Birm Burm
Namib Nauru Nepal Netherland Dutch Nederland Hollands New_Zealand Nieuw-Zeeland Nicarag Niger North_Korea
Noord-Korea North_Macedon Noord-Macedon Norw Noorw Noors Oman Pakist Palau Palestin Panam Papua Papoe Paragua
Peru Philippin Filipino Filipijn Poland Polish Polen Pools Portug Qatar Roman Roemeen Roemen Roemenië Russi
Rusland Russen Rwand Saint_Kitts Saint_Lucia Saint_Vincent Samoa San_Marin Sao_Tom Saudi Saoedi Seneg Serbi
Servie Servis
Seychel Sierra_Leon Singap Slova Slowa Sloven Slowee Solomon Salomon Somal South_Africa Zuid-Afrik
South_Korea Zuid-Korea South_Sudan Zuid-Soedan Spain Spanish Spanj Spaans Sri_Lank Sudan Soedan Surinam Swed
Zwed Zweed Swiss Switzerl Zwits Syri Taiwan Tajik Tadzji Tanzan Thai Timor Togo Tonga Trinid Tunis Tunes
Turkey Turkish Turki Turks Turkm Turkmeen Tuval Ugand Oegand Ukrain Oekraï Oekraien Emirat United_Kingdom
Verenigd_Koninkrijk Britain British Brits United_States Verenigde_Staten America Amerika Urugua Uzbek Oezb
Vanuat Vatic Venezue Vietnam Yemen Jemen Zambi Zimbabw
Moscow Moskou Kremlin Beijing Peking Pyongyang Tehran Teheran Washington
""".split()  # noqa: SIM905 - a list of four hundred strings nobody can read
)
