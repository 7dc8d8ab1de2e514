import ConfigModel
import Testing

@testable import ConfigImport

@Suite struct KeyValueDumpTests {
    private static func pair(_ key: [UInt8], _ value: [UInt8]) -> String {
        #"{"key":"\#(Base64.encode(key))","create_revision":2,"mod_revision":7,"version":3,"value":"\#(Base64.encode(value))"}"#
    }

    /// What etcdctl prints.
    private func etcd(_ pairs: [(String, String)]) -> [UInt8] {
        let list = pairs.map { Self.pair(Array($0.utf8), Array($1.utf8)) }.joined(separator: ",")
        return Array(
            #"{"header":{"cluster_id":14841639068965178418,"member_id":10276657743932975437,"revision":9,"raft_term":2},"kvs":[\#(list)],"count":\#(pairs.count)}"#
                .utf8)
    }

    private func documents(
        _ pairs: [(String, String)], keys: String? = nil, service: String? = nil, environment: String? = nil
    ) throws -> ForeignDocuments {
        KeyValueDump(etcd(pairs), of: .etcd, name: "dump.json").documents(
            try KeyLayout(template: keys, service: service, environment: environment))
    }

    @Test func theRestOfAKeyIsTheWayToAMemberAndAValueIsJSONWhereItIsThat() throws {
        let found = try documents([
            ("/orders/prod/db/host", "db1"), ("/orders/prod/db/port", "5432"), ("/orders/prod/debug", "false"),
            ("/orders/prod/hosts", #"["a", "b"]"#), ("/orders/prod/code", "007"), ("/orders/prod/none", ""),
            ("/orders/dev/db/port", "1.0"), ("/x.y/prod/é/a.b", "null"),
        ])
        #expect(found.faults.isEmpty && found.warnings.isEmpty, "\(found.faults)")
        #expect(
            found.contents == [
                "orders/prod":
                    #"{"code":"007","db":{"host":"db1","port":5432},"debug":false,"hosts":["a","b"],"none":""}"#,
                "orders/dev": #"{"db":{"port":1.0}}"#, "x.y/prod": #"{"é":{"a.b":null}}"#,
            ])
    }

    @Test(
        arguments: [
            ("config/{environment}/{service}", nil, nil, "config/prod/orders/a/b"),
            ("/config/{service}/", nil, "prod", "/config/orders/a/b"), (nil, "orders", nil, "prod/a/b"),
            (nil, nil, "prod", "orders/a/b"), (nil, "orders", "prod", "a/b"), ("v1", "orders", "prod", "v1/a/b"),
            ("{service}/x/{environment}", nil, nil, "orders/x/prod/a/b"),
        ] as [(String?, String?, String?, String)])
    func aLayoutSaysWhereServiceAndEnvironmentAre(
        keys: String?, service: String?, environment: String?, key: String
    ) throws {
        let found = try documents([(key, "1")], keys: keys, service: service, environment: environment)
        #expect(found.contents == ["orders/prod": #"{"a":{"b":1}}"#], "\(found.faults) \(found.warnings)")
    }

    @Test(
        arguments: [
            ("{service}/{service}", nil, nil), ("config", nil, nil), ("{service}", "orders", nil), ("{name}", nil, nil),
            ("a//{service}", nil, nil), ("{service}/{environment}", nil, "prod"),
        ] as [(String, String?, String?)])
    func aLayoutThatSaysNoServiceOrOneTwiceIsRefused(template: String, service: String?, environment: String?) {
        #expect(throws: UnusableLayout.self) {
            try KeyLayout(template: template, service: service, environment: environment)
        }
    }

    @Test func aKeyCanBeAWholeDocument() throws {
        let found = try documents(
            [
                ("config/orders/prod", #"{"a": 1.0}"#), ("config/web/prod", "a:\n  b: 2\n"), ("other/x", "1"),
                ("another", "1"),
            ], keys: "config/{service}/{environment}")
        #expect(found.contents == ["orders/prod": #"{"a":1.0}"#, "web/prod": #"{"a":{"b":2}}"#])
        #expect(
            found.warnings == [
                #"2 keys are left out, because no service and environment are named so: "another" is the first."#
            ])
    }

    @Test func everyKeyThatCannotBeInADocumentIsNamedAtOnce() throws {
        let deep = "s/e/" + (0..<65).map { "l\($0)" }.joined(separator: "/")
        let found = try documents([
            ("s/e/a", "1"), ("s/e/a/b", "2"), ("s/e//x", "1"), (deep, "1"), ("s b/e/x", "1"), ("s/e.f/x", "1"),
            ("w/e", "{}"), ("w/e/x", "1"), ("t/e", "text"),
        ])
        let says = [
            #"the key "s/e/a/b": it lies below the key "s/e/a", which is a value."#,
            #"the key "s/e//x": there is nothing between two"#, "has more than 64 levels",
            "'s b' is not a service name",
            "'e.f' is not an environment name",
            #"the key "w/e/x": it lies below the key "w/e", which is a whole document."#,
            #"the key "t/e": it stands for a whole document"#,
        ]
        #expect(found.faults.count == says.count, "\(found.faults)")
        for text in says { #expect(found.faults.contains { $0.contains(text) }, "\(text) of \(found.faults)") }
    }

    @Test func whatIsNoTextIsNamed() throws {
        let bytes = Array(
            #"{"kvs":[\#(Self.pair([0xff, 0x2f], [1])),\#(Self.pair(Array("s/e/a".utf8), [0xff])),{"key":"s"},7,{"key":"cy9lL2I="}]}"#
                .utf8)
        let found = KeyValueDump(bytes, of: .etcd, name: "dump.json").documents(try KeyLayout(template: nil))
        #expect(found.faults.count == 4, "\(found.faults)")
        #expect(found.contents == ["s/e": #"{"b":""}"#])
    }

    @Test(arguments: [
        ("", KeyValueDump.Origin.etcd), ("[]", .etcd), ("{}", .etcd), ("{", .consul), ("{}", .consul),
        (#"{"kvs":[],"more":true}"#, .etcd),
    ])
    func whatIsNoDumpSaysHowOneIsMade(text: String, origin: KeyValueDump.Origin) throws {
        let found = KeyValueDump(Array(text.utf8), of: origin, name: "x").documents(try KeyLayout(template: nil))
        #expect(found.faults.count == 1 && found.documents.isEmpty)
    }

    @Test func consulHasKeysAsTheyAreAndFolders() throws {
        let export = """
            [
                {"key": "config/", "flags": 0, "value": ""},
                {"key": "config/orders/", "flags": 0, "value": ""},
                {"key": "config/orders/prod/db/host", "flags": 0, "value": "\(Base64.encode(Array("db1".utf8)))"},
                {"key": "config/orders/prod/db/port", "flags": 42, "value": "\(Base64.encode(Array("5432".utf8)))"}
            ]
            """
        let layout = try KeyLayout(template: "config/{service}/{environment}")
        let found = KeyValueDump(Array(export.utf8), of: .consul, name: "x").documents(layout)
        #expect(found.contents == ["orders/prod": #"{"db":{"host":"db1","port":5432}}"#])
        #expect(found.faults.isEmpty)
        #expect(found.warnings == ["x: 1 key has flags; a document does not keep that."])
        let recurse = #"[{"LockIndex":0,"Key":"orders/prod/a","Flags":0,"Value":null,"CreateIndex":1,"ModifyIndex":1}]"#
        let http = KeyValueDump(Array(recurse.utf8), of: .consul, name: "x").documents(try KeyLayout(template: nil))
        #expect(http.contents == ["orders/prod": #"{"a":""}"#])
    }

    @Test func keysOfOneDocumentAreNamedAndNoneWins() throws {
        let found = try documents([("a/prod", #"{"x": 1}"#), ("/a/prod", #"{"x": 2}"#), ("a/prod/", #"{"x": 3}"#)])
        #expect(found.faults.count == 2, "\(found.faults)")
        #expect(found.faults[0] == #"the key "/a/prod": it is the same document as the key "a/prod"."#)
    }

    @Test func aDumpWithoutValuesIsRefusedAndWhatIsNotKeptIsNamed() throws {
        let keys = #"{"header":{},"kvs":[{"key":"cy9lL2I="},{"key":"cy9lL2M="}],"count":2}"#
        let none = KeyValueDump(Array(keys.utf8), of: .etcd, name: "x").documents(try KeyLayout(template: nil))
        #expect(none.faults == ["x has no value of any key; make the dump without --keys-only."])
        let leased = #"{"kvs":[{"key":"cy9lL2I=","value":"MQ==","lease":7587848}]}"#
        let found = KeyValueDump(Array(leased.utf8), of: .etcd, name: "x").documents(try KeyLayout(template: nil))
        #expect(found.faults.isEmpty && found.warnings.count == 1 && found.warnings[0].contains("1 key has a lease"))
    }

    @Test(.timeLimit(.minutes(1))) func aHundredThousandKeysAreRead() throws {
        let pairs = (0..<100_000).map { ("s\($0 % 100)/prod/group\($0 % 7)/member\($0)", "\($0)") }
        let found = try documents(pairs)
        #expect(found.faults.isEmpty && found.documents.count == 100)
        let members = found.documents.reduce(0) { count, document in
            count
                + document.object.reduce(0) { sum, member in
                    if case .object(let group) = member.value { sum + group.count } else { sum }
                }
        }
        #expect(members == 100_000)
    }
}
