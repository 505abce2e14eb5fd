"""A short story and the parts of teasers of others, in twelve languages: what a synthetic paper prints."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """What a paper in one language prints: a story, and the parts that the teasers of others are put together from."""

    lang: str
    title: str
    author: str
    date: str
    label: str
    read_on: str
    story: tuple[str, ...]
    who: tuple[str, ...]
    what: tuple[str, ...]
    told: tuple[str, ...]
    ends: tuple[str, ...]

    def headline(self, number: int) -> str:
        glue = "" if self.lang in ("zh", "ja") else " "
        return self.who[number % 5] + glue + self.what[number // 5 % 4]

    def lede(self, number: int) -> str:
        glue = "" if self.lang in ("zh", "ja") else " "
        return self.told[number % 5] + glue + self.ends[number // 5 % 4]


ENGLISH = Words(
    "en",
    "Heron nest stops the new bridge",
    "Ann Marsh",
    "3 May 2024",
    "More stories",
    "Read more",
    (
        "Work on the footbridge at Reed Lane has stopped because a pair of herons nests on its crane.",
        "The builders found four eggs on Tuesday, when the first of them climbed up to oil the wheels.",
        "“We shall wait until they have flown,” said the foreman, who expects to lose some seven weeks.",
        "The town will put up a ferry in the meantime, free for everybody who walks or pushes a bicycle.",
    ),
    ("The old mill", "Our swimming pool", "The night bus", "A local baker", "The town choir"),
    ("opens again after two years", "asks the council for help", "wins a prize in the capital", "moves to the harbour"),
    (
        "Nobody had expected it after the long winter, and yet the doors stood open this morning.",
        "It took three meetings and a good deal of tea before all sides were ready to agree.",
        "Visitors came from the other bank of the river to see it with their own eyes.",
        "The money comes from a lottery, as the treasurer told our paper by telephone.",
        "Two years of planning came to an end when the mayor signed the papers.",
    ),
    ("More is to follow in June.", "The vote was close.", "Children enter free.", "Neighbours are not so sure."),
)
GERMAN = Words(
    "de",
    "Reiher brüten auf dem Kran der neuen Brücke",
    "Jutta Moor",
    "3. Mai 2024",
    "Mehr zum Thema",
    "Weiterlesen",
    (
        "Die Arbeiten am Steg in der Schilfgasse ruhen, weil ein Reiherpaar auf dem Kran nistet.",
        "Vier Eier fanden die Arbeiter am Dienstag, als der erste hinaufstieg, um die Rollen zu ölen.",
        "„Wir warten, bis sie ausgeflogen sind“, sagte der Polier, der mit sieben Wochen Verzug rechnet.",
    ),
    ("Die alte Mühle", "Unser Freibad", "Der Nachtbus", "Ein Bäcker", "Der Stadtchor"),
    (
        "öffnet nach zwei Jahren wieder",
        "bittet den Rat um Hilfe",
        "gewinnt in der Hauptstadt einen Preis",
        "muss an den Hafen ziehen",
    ),
    (
        "Nach dem langen Winter hatte niemand mehr damit gerechnet, doch heute früh standen die Türen offen.",
        "Drei Sitzungen und viele Kannen Tee brauchte es, bis alle Seiten zustimmen mochten.",
        "Vom anderen Ufer kamen Besucher herüber, um es mit eigenen Augen zu sehen.",
        "Das Geld stammt aus einer Lotterie, wie die Kassenwartin unserer Zeitung am Telefon sagte.",
        "Zwei Jahre Planung endeten, als die Bürgermeisterin die Papiere unterschrieb.",
    ),
    ("Im Juni folgt mehr.", "Die Abstimmung war knapp.", "Kinder zahlen nichts.", "Nachbarn zweifeln noch."),
)
FRENCH = Words(
    "fr",
    "Un nid de hérons arrête le chantier du pont",
    "Anne Marais",
    "3 mai 2024",
    "À lire aussi",
    "Lire la suite",
    (
        "Le chantier de la passerelle des Roseaux est à l’arrêt : un couple de hérons niche sur la grue.",
        "Les ouvriers ont trouvé quatre œufs mardi, quand le premier est monté graisser les poulies.",
        "« Nous attendrons leur envol », dit le chef du chantier, qui compte perdre sept semaines.",
        "La ville mettra un bac en service, gratuit pour les piétons et pour les cyclistes.",
    ),
    ("Le vieux moulin", "Notre piscine", "Le bus de nuit", "Un boulanger", "Le chœur municipal"),
    (
        "rouvre après deux ans de travaux",
        "demande l’aide du conseil",
        "gagne un prix à la capitale",
        "doit s’installer sur le port",
    ),
    (
        "Personne n’y croyait plus après ce long hiver, et pourtant les portes étaient ouvertes ce matin.",
        "Il aura fallu trois réunions et beaucoup de thé avant que tout le monde soit d’accord.",
        "Des visiteurs sont venus de l’autre rive pour le voir de leurs propres yeux.",
        "L’argent vient d’une loterie, a dit la trésorière à notre journal au téléphone.",
        "Deux années de préparation ont pris fin quand la maire a signé les papiers.",
    ),
    ("La suite est pour juin.", "Le vote fut serré.", "Gratuit pour les enfants.", "Les voisins en doutent."),
)
VIETNAMESE = Words(
    "vi",
    "Tổ diệc trên cần cẩu làm dừng việc xây cầu",
    "Lê Đầm",
    "03/05/2024 08:15",
    "Tin liên quan",
    "Xem thêm",
    (
        "Việc xây cầu đi bộ ở ngõ Lau Sậy phải dừng lại vì một đôi diệc làm tổ trên cần cẩu.",
        "Thợ xây thấy bốn quả trứng hôm thứ ba, khi người đầu tiên trèo lên tra dầu cho bánh xe.",
        "“Chúng tôi sẽ chờ chim con bay đi”, ông đội trưởng nói, và tính sẽ chậm chừng bảy tuần.",
    ),
    ("Cối xay cũ", "Hồ bơi phường", "Xe buýt đêm", "Một thợ bánh", "Đội hợp xướng"),
    ("mở cửa lại sau hai năm", "xin hội đồng giúp đỡ", "được giải ở thủ đô", "phải dời ra bến cảng"),
    (
        "Sau mùa đông dài không ai còn trông đợi, vậy mà sáng nay cửa đã mở cho mọi người vào.",
        "Phải họp ba buổi và uống nhiều ấm trà rồi các bên mới chịu đồng ý với nhau.",
        "Khách từ bờ sông bên kia cũng sang để nhìn tận mắt chuyện này.",
        "Tiền lấy từ một cuộc xổ số, người giữ quỹ nói với báo qua điện thoại.",
        "Hai năm chuẩn bị đã xong khi bà thị trưởng ký vào giấy tờ.",
    ),
    ("Tháng sáu sẽ có tiếp.", "Số phiếu rất sát nhau.", "Trẻ em vào cửa tự do.", "Hàng xóm vẫn chưa tin."),
)
SPANISH = Words(
    "es",
    "Un nido de garzas detiene la obra del puente",
    "Ana Pantano",
    "3 de mayo de 2024",
    "Te puede interesar",
    "Leer más",
    (
        "La obra de la pasarela del Carrizo se ha parado porque una pareja de garzas anida en la grúa.",
        "Los obreros hallaron cuatro huevos el martes, cuando el primero subió a engrasar las poleas.",
        "«Esperaremos a que vuelen», dijo el capataz, que cuenta con perder unas siete semanas.",
        "El municipio pondrá una barca, gratis para quien vaya a pie o en bicicleta.",
        "Los vecinos ya han dado nombre a las aves y las miran desde la otra orilla.",
    ),
    ("El viejo molino", "La piscina municipal", "El autobús nocturno", "Un panadero", "El coro del pueblo"),
    ("abre de nuevo tras dos años", "pide ayuda al concejo", "gana un premio en la capital", "se muda al puerto"),
    (
        "Nadie lo esperaba ya después del largo invierno, y esta mañana las puertas estaban abiertas.",
        "Hicieron falta tres reuniones y mucho té hasta que todas las partes aceptaron.",
        "De la otra orilla llegaron visitantes para verlo con sus propios ojos.",
        "El dinero viene de una lotería, según dijo la tesorera a este diario por teléfono.",
        "Dos años de planes terminaron cuando la alcaldesa firmó los papeles.",
    ),
    ("En junio habrá más.", "La votación fue reñida.", "Los niños no pagan.", "Los vecinos aún dudan."),
)
ITALIAN = Words(
    "it",
    "Un nido di aironi ferma il cantiere del ponte",
    "Anna Palude",
    "3 maggio 2024",
    "Leggi anche",
    "Continua",
    (
        "Il cantiere della passerella in vicolo Canneto è fermo: due aironi hanno il nido sulla gru.",
        "Gli operai hanno trovato quattro uova martedì, quando il primo è salito per ungere le ruote.",
        "«Aspetteremo che volino via», dice il capocantiere, che pensa di perdere sette settimane.",
    ),
    ("Il vecchio mulino", "La nostra piscina", "L’autobus notturno", "Un fornaio", "Il coro cittadino"),
    ("riapre dopo due anni", "chiede aiuto al consiglio", "vince un premio nella capitale", "si sposta sul porto"),
    (
        "Dopo il lungo inverno nessuno ci sperava più, eppure stamattina le porte erano aperte.",
        "Ci sono volute tre riunioni e molto tè prima che tutti fossero d’accordo.",
        "Dall’altra riva sono venuti in tanti per vederlo con i propri occhi.",
        "I soldi vengono da una lotteria, ha detto la tesoriera al nostro giornale per telefono.",
        "Due anni di progetti sono finiti quando la sindaca ha firmato le carte.",
    ),
    ("Il resto a giugno.", "Il voto è stato stretto.", "Gratis per i bambini.", "I vicini non ci credono."),
)
PORTUGUESE = Words(
    "pt",
    "Ninho de garças para a obra da ponte",
    "Ana Brejo",
    "3 de maio de 2024",
    "Leia também",
    "Ler mais",
    (
        "A obra da passarela do Junco parou porque um casal de garças fez o ninho no guindaste.",
        "Os operários acharam quatro ovos na terça, quando o primeiro subiu para engraxar as roldanas.",
        "“Vamos esperar que elas voem”, disse o mestre, que conta perder umas sete semanas.",
        "A prefeitura vai pôr uma balsa, grátis para quem anda a pé ou de bicicleta.",
    ),
    ("O velho moinho", "A piscina pública", "O ônibus noturno", "Um padeiro", "O coro da cidade"),
    ("abre de novo depois de dois anos", "pede ajuda à câmara", "ganha prêmio na capital", "muda para o porto"),
    (
        "Ninguém esperava mais depois do longo inverno, e hoje cedo as portas estavam abertas.",
        "Foram precisas três reuniões e muito chá até que todos os lados aceitassem.",
        "Da outra margem vieram visitantes para ver com os próprios olhos.",
        "O dinheiro vem de uma loteria, disse a tesoureira ao nosso jornal por telefone.",
        "Dois anos de planos acabaram quando a prefeita assinou os papéis.",
    ),
    ("Em junho tem mais.", "A votação foi apertada.", "Crianças não pagam.", "Os vizinhos ainda duvidam."),
)
POLISH = Words(
    "pl",
    "Gniazdo czapli wstrzymuje budowę mostu",
    "Anna Bagno",
    "3 maja 2024",
    "Czytaj także",
    "Czytaj dalej",
    (
        "Budowa kładki przy Trzcinowej stanęła, bo na dźwigu gniazduje para czapli.",
        "Robotnicy znaleźli cztery jaja we wtorek, gdy pierwszy z nich wszedł naoliwić koła.",
        "„Poczekamy, aż odlecą” – mówi kierownik, który liczy się z siedmioma tygodniami zwłoki.",
        "Miasto uruchomi tymczasem prom, darmowy dla pieszych i dla rowerzystów.",
    ),
    ("Stary młyn", "Nasz basen", "Nocny autobus", "Miejski piekarz", "Chór miejski"),
    ("wraca do pracy po dwóch latach", "prosi radę o pomoc", "z nagrodą w stolicy", "przenosi się do portu"),
    (
        "Po długiej zimie nikt już na to nie liczył, a dziś rano drzwi stały otworem.",
        "Trzeba było trzech zebrań i wielu dzbanków herbaty, zanim wszyscy się zgodzili.",
        "Z drugiego brzegu przyszli ludzie, żeby zobaczyć to na własne oczy.",
        "Pieniądze pochodzą z loterii, powiedziała skarbniczka naszej gazecie przez telefon.",
        "Dwa lata planów skończyły się, gdy burmistrz podpisała papiery.",
    ),
    ("Ciąg dalszy w czerwcu.", "Głosowanie było wyrównane.", "Dzieci wchodzą za darmo.", "Sąsiedzi nie są pewni."),
)
DUTCH = Words(
    "nl",
    "Reigersnest legt bouw van de brug stil",
    "Anna Moeras",
    "3 mei 2024",
    "Lees ook",
    "Lees verder",
    (
        "Het werk aan de voetbrug in de Rietsteeg ligt stil omdat een paar reigers op de kraan broedt.",
        "De bouwers vonden dinsdag vier eieren, toen de eerste naar boven klom om de wielen te smeren.",
        "‘We wachten tot ze zijn uitgevlogen’, zegt de opzichter, die op zeven weken vertraging rekent.",
    ),
    ("De oude molen", "Ons zwembad", "De nachtbus", "Een bakker", "Het stadskoor"),
    (
        "gaat na twee jaar weer open",
        "vraagt de raad om hulp",
        "wint een prijs in de hoofdstad",
        "moet naar de haven verhuizen",
    ),
    (
        "Na de lange winter had niemand er nog op gerekend, maar vanmorgen stonden de deuren open.",
        "Er waren drie vergaderingen en veel thee voor nodig voordat iedereen het eens was.",
        "Van de andere oever kwamen mensen kijken om het met eigen ogen te zien.",
        "Het geld komt uit een loterij, zei de penningmeester aan de telefoon tegen onze krant.",
        "Twee jaar van plannen eindigde toen de burgemeester de papieren tekende.",
    ),
    ("In juni volgt meer.", "De stemming was krap.", "Kinderen mogen gratis.", "Buren twijfelen nog."),
)
CHINESE = Words(
    "zh",
    "蒼鷺在吊車上築巢，新橋停工",
    "馬小沼",
    "2024年5月3日",
    "相關新聞",
    "閱讀全文",
    (
        "蘆葦巷的人行橋已經停工，因為一對蒼鷺在工地的吊車頂上築了巢，工人誰也不願意把牠們趕走。",
        "星期二，第一個爬上去給輪子上油的工人發現了四個蛋，於是大家放下工具，請鎮上的人來看。",
        "工頭說：「我們等牠們飛走再開工。」他估計工程要因此推遲七個星期左右，費用由鎮上承擔。",
        "鎮公所在這段時間會開一條渡船，走路和推腳踏車的人都可以免費搭乘，直到橋蓋好為止。",
    ),
    ("河邊的老磨坊", "鎮上的游泳池", "半夜的公車", "街角的麵包師", "鎮上的合唱團"),
    ("兩年以後重新開門", "向鎮公所請求幫忙", "在首都得了大獎", "必須搬到碼頭去"),
    (
        "漫長的冬天過去以後，已經沒有人還抱著希望，可是今天早上大門卻打開了，大家都來看熱鬧。",
        "開了三次會，喝了好多壺茶，各方面的人才終於點頭同意，會議一直開到半夜才結束。",
        "連河對岸的人也過來看，想親眼看一看這件事情是不是真的，碼頭上擠滿了人。",
        "錢是從彩票來的，管錢的人在電話裡這樣告訴本報，她還說明年會有更多的錢。",
        "鎮長簽了文件以後，兩年的計劃終於有了結果，工程從下個月開始。",
    ),
    ("六月還有後續。", "投票的結果很接近。", "小孩不用買票。", "鄰居還不太相信。"),
)
JAPANESE = Words(
    "ja",
    "サギの巣で新しい橋の工事が止まる",
    "沼田花子",
    "2024年5月3日",
    "関連記事",
    "続きを読む",
    (
        "葦小路の歩道橋の工事が止まっている。工事用のクレーンの上にサギのつがいが巣を作ったためだ。",
        "火曜日、滑車に油をさそうと最初に登った作業員が、巣の中に四つの卵があるのを見つけた。",
        "「飛び立つまで待ちます」と現場の監督は話す。工事はおよそ七週間遅れる見込みだという。",
    ),
    ("川沿いの古い水車", "町の市民プール", "深夜の路線バス", "角のパン屋さん", "町の合唱団"),
    ("が二年ぶりに再開する", "が町議会に助けを求める", "が都の大きな賞を受ける", "が港へ移ることになる"),
    (
        "長い冬のあとで誰も期待していなかったが、今朝になって扉は開いていて、多くの人が集まった。",
        "三回の話し合いと何杯ものお茶のあとで、ようやく全員がうなずいたと関係者は話している。",
        "川の向こう岸からも、自分の目で確かめようと多くの人が船に乗ってやって来た。",
        "お金は宝くじの収益から出ると、会計の担当者が本紙の電話の取材に答えた。",
        "町長が書類に署名して、二年にわたる計画がようやく形になることが決まった。",
    ),
    ("続きは六月に。", "票の差はわずかだった。", "子どもは無料で入れる。", "近所の人は半信半疑だ。"),
)
SWEDISH = Words(
    "sv",
    "Hägrar stoppar bron",
    "Anna Kärr",
    "3 maj 2024",
    "Läs mer",
    "Läs hela",
    (
        "Arbetet på gångbron vid Vassgränd har stannat sedan ett hägerpar byggt bo på lyftkranen.",
        "Fyra ägg låg där i tisdags, när den förste av arbetarna klättrade upp för att smörja hjulen.",
        "”Vi väntar tills de har flugit”, säger förmannen, som räknar med sju veckors försening.",
        "Staden sätter in en färja så länge, gratis för alla som går eller leder en cykel.",
    ),
    ("Den gamla kvarnen", "Vårt badhus", "Stadens nattbuss", "En bagare", "Stadens kör"),
    ("öppnar igen efter två år", "ber fullmäktige om hjälp", "vinner pris i huvudstaden", "måste flytta till hamnen"),
    (
        "Efter den långa vintern hade ingen väntat sig det, men i morse stod dörrarna öppna.",
        "Det krävdes tre möten och mycket te innan alla parter kunde komma överens.",
        "Från andra stranden kom besökare för att se det med egna ögon.",
        "Pengarna kommer från ett lotteri, sade kassören till vår tidning per telefon.",
        "Två års planer tog slut när borgmästaren skrev under papperen.",
    ),
    ("Mer följer i juni.", "Det vägde jämnt.", "Barn går in gratis.", "Grannarna tvekar än."),
)

LANGUAGES = (
    ENGLISH,
    GERMAN,
    FRENCH,
    VIETNAMESE,
    SPANISH,
    ITALIAN,
    PORTUGUESE,
    POLISH,
    DUTCH,
    CHINESE,
    JAPANESE,
    SWEDISH,
)
