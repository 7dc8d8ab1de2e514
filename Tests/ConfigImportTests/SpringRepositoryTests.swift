import ConfigModel
import Testing

@testable import ConfigImport

@Suite struct SpringRepositoryTests {
    /// As a team has it: shared files, an application with a dash in its name, and both notations.
    static let repository = [
        NamedFile(
            "application.yml",
            """
            logging:
              level:
                root: INFO
            server.port: 8080
            """),
        NamedFile("application-prod.yml", "logging.level.root: WARN\n"),
        NamedFile(
            "order-service.yml",
            """
            spring:
              datasource:
                url: jdbc:postgresql://db:5432/orders
                hikari.maximum-pool-size: 10
            hosts: [a, b]
            empty:
            """),
        NamedFile("order-service-prod.yml", "spring.datasource.hikari.maximum-pool-size: 50\n"),
        NamedFile(
            "billing-prod.properties",
            """
            # of the old days
            billing.rate = 0.250
            billing.code=007
            billing.tiers[0].name=small
            billing.tiers[1].name=\\u00e9norme
            billing.active: true
            """),
        NamedFile("README.md", "not for the server"), NamedFile(".gitignore", "target"),
    ]

    @Test func aNameIsAServiceAndAProfileAnEnvironment() {
        let documents = SpringRepository().documents(in: Self.repository)
        #expect(documents.faults.isEmpty, "\(documents.faults)")
        #expect(
            documents.contents == [
                "default/default": #"{"logging":{"level":{"root":"INFO"}},"server":{"port":8080}}"#,
                "default/prod": #"{"logging":{"level":{"root":"WARN"}}}"#,
                "order-service/default":
                    #"{"empty":"","hosts":["a","b"],"spring":{"datasource":{"hikari":{"maximum-pool-size":10},"url":"jdbc:postgresql://db:5432/orders"}}}"#,
                "order-service/prod": #"{"spring":{"datasource":{"hikari":{"maximum-pool-size":50}}}}"#,
                "billing/prod":
                    #"{"billing":{"active":true,"code":"007","rate":0.250,"tiers":[{"name":"small"},{"name":"énorme"}]}}"#,
            ])
        #expect(documents.warnings == ["README.md is left out: it is no file of properties."])
    }

    @Test func sharedFilesCanLieUnderEveryService() {
        let documents = SpringRepository(mergesShared: true).documents(in: Self.repository)
        #expect(
            documents.contents["order-service/default"]?.hasPrefix(
                #"{"empty":"","hosts":["a","b"],"logging":{"level":{"root":"INFO"}},"server":{"port":8080}"#) == true)
        #expect(
            documents.contents["billing/default"] == #"{"logging":{"level":{"root":"INFO"}},"server":{"port":8080}}"#)
        #expect(documents.contents["order-service/prod"]?.contains(#"{"root":"WARN"}"#) == true)
        #expect(!documents.contents.keys.contains { $0.hasPrefix("default/") })
    }

    @Test(
        arguments: [
            (["orders", "orders-prod"], [], "orders-prod", "orders", "prod"),
            (["order-service", "order-service-prod"], [], "order-service", "order-service", nil),
            (["application-prod", "a-prod"], [], "a-prod", "a", "prod"),
            (["a-b"], [], "a-b", "a-b", nil), (["a", "a-b-c"], [], "a-b-c", "a", "b-c"),
            (["order", "order-service"], ["prod"], "order-service", "order-service", nil),
            (["x-eu-prod"], ["prod", "eu-prod"], "x-eu-prod", "x", "eu-prod"),
            (["-prod"], ["prod"], "-prod", "-prod", nil),
        ] as [([String], [String], String, String, String?)])
    func aDashDividesWhereTheOtherNamesOrTheProfilesSaySo(
        names: [String], profiles: [String], name: String, application: String, profile: String?
    ) {
        let meaning = SpringNames(names, profiles: profiles).meaning(of: name)
        #expect(meaning.application == application && meaning.profile == profile)
    }

    @Test func aNameThatMayBeAnApplicationAndAProfileIsNamed() {
        let files = ["my.yml", "my-app.yml", "my-app-prod.yml", "orders.yml", "orders-prod.yml"].map {
            NamedFile($0, "a: 1")
        }
        let guessed = SpringRepository().documents(in: files)
        #expect(
            guessed.warnings == [
                "my-app is read as the profile app of my, and there are profiles of my-app too: where that is wrong name all "
                    + "profiles, each with --profile."
            ])
        let named = SpringRepository(profiles: ["prod"]).documents(in: files)
        #expect(named.warnings == [] && named.contents["my-app/default"] == #"{"a":1}"#)
    }

    @Test func partsOfAFileAreForTheProfileThatTheyName() {
        let file = NamedFile(
            "orders.yml",
            """
            # all
            a: 1
            b: 1
            ---
            spring.config.activate.onProfile: prod
            a: 2
            --- # again
            b: 3
            """)
        let old = NamedFile("web.properties", "a=1\n#---\nspring.profiles=prod\na=2\n")
        let documents = SpringRepository().documents(in: [file, old])
        #expect(
            documents.contents == [
                "orders/default": #"{"a":1,"b":3}"#, "orders/prod": #"{"a":2}"#, "web/default": #"{"a":1}"#,
                "web/prod": #"{"a":2}"#,
            ], "\(documents.faults)")
    }

    @Test(arguments: [
        ("a.yml", "a: 1\n  b: 2\n", "a.yml, line "), ("a.yml", "x: 1\n---\ny: [\n", "a.yml, line "),
        ("a.yml", "- 1\n", "a.yml: it holds an array"),
        ("a.yml", "a: 1\na.b: 2\n", "it lies below a.yml, a, which is a value"),
        ("a.yml", "a..b: 1\n", #"the key "a..b": there is nothing between two dots"#),
        ("a.properties", "a=1\na=2\n", "a.properties, line 2, a: it is there twice"),
        ("a.properties", "a[1]=1\n", "there is no element 0 before it"),
        ("a.properties", "a=\\u12\n", "four hexadecimal digits"),
        ("a.properties", "a[0]=1\na.b=2\n", "is a member of what has elements too"),
        ("a.properties", "[a=1\n", "'[' has no ']'"), ("a.properties", "a[9999999]=1\n", "is too large"),
        ("a.yml", "spring.config.activate.on-profile: '!prod'\n", "only one profile can be named"),
        ("-x.yml", "a: 1\n", "'-x' is not a service name"),
        ("a.yml", "a: 1\nb: 010\n", "a.yml, line 2: 010 is another number in YAML 1.1"),
        ("a.yml", "a: 12:30:45\n", "12:30:45 is another number"), ("a.yml", "on: 1\n", "the key on is a truth value"),
        ("a.yml", "spring.config.activate.on-cloud-platform: kubernetes\n", "for some servers only"),
        (
            "a.yml", "a: 1\n---\nspring.config.activate.on-profile: prod\na: 2\n---\na: 5\n",
            "a.yml, a: the part for prod sets it, and a later part"
        ),
        (
            "a.properties", "#---\nspring.profiles=prod\na[0]=2\na[1]=3\n#---\na[0]=5\n",
            "a.properties, a: the part for prod sets it"
        ),
        ("a.properties", "#---\nspring.profiles=prod\na.b=2\n#---\na=5\n", "a.properties, a: the part for prod"),
    ])
    func whatCannotBeADocumentIsNamed(name: String, text: String, says: String) {
        let documents = SpringRepository().documents(in: [NamedFile(name, text)])
        #expect(documents.faults.contains { $0.contains(says) }, "\(documents.faults)")
    }

    @Test func aFileMeansWhatItMeansToSpring() {
        let file = NamedFile(
            "a.yml", "\u{feff}a: yes\r\nb: 'no'\r\nc: OFF\r\nd: 12345678901234567890123\r\ne: 1e400\r\nf: 1.10\r\n")
        let documents = SpringRepository().documents(in: [file])
        #expect(
            documents.contents == [
                "a/default": #"{"a":true,"b":"no","c":false,"d":12345678901234567890123,"e":1e400,"f":1.10}"#
            ], "\(documents.faults)")
    }

    @Test func placeholdersStayAndAreNamed() {
        let file = NamedFile("a.yml", "a: ${DB}\nb: x${C:1}\n")
        let documents = SpringRepository().documents(in: [file])
        #expect(documents.contents == ["a/default": #"{"a":"${DB}","b":"x${C:1}"}"#])
        #expect(
            documents.warnings == ["a.yml: 2 values have placeholders ${...}, which nothing fills in any more: a."])
    }

    @Test func aProfileThatIsNoEnvironmentAndTwoFilesOfOneNameAreNamedAtOnce() {
        let files = [
            NamedFile("a.yml", "a: 1\n"), NamedFile("a.properties", "a=1\n"), NamedFile("a-b.c.yml", "a: 1\n"),
            NamedFile("c.yml", "a: '{cipher}abc'\n"),
        ]
        let documents = SpringRepository().documents(in: files)
        #expect(documents.faults.count == 2, "\(documents.faults)")
        #expect(
            documents.warnings == ["c.yml, a: the value is encrypted for the server of Spring, and stays what it is."])
    }
}
