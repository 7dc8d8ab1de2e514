import ConfigModel
import ConfigStore
import Logging
import TestSupport
import Testing

@testable import MongoStore

/// What a person reads when the server cannot be used, and what is never shown.
@Suite(
    .enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"), .timeLimit(.minutes(1)))
struct MongoFailureTests {
    private let logger = Logger.silent

    @Test(arguments: [
        "", "localhost", "http://localhost/", "mongodb://", "mongodb://user:se:cret@host/",
        "mongodb://user:se/cret@host/",
        "mongodb://user:s3cr3t%@host/", "mongodb://user:s3cr3t@host:notaport/",
        "mongodb://user:s3cr3t@host/\u{0}database",
    ])
    func badURIIsRefusedWithoutQuotingIt(_ uri: String) async throws {
        let error = await #expect(throws: StoreError.self) { try await MongoStore.open(uri: uri, logger: logger) }
        let text = try #require(error).description
        #expect(text.contains("The MongoDB URI cannot be read"), "\(text)")
        #expect(!text.contains("cret") && !text.contains("s3cr3t"), "\(text)")
    }

    @Test func emptyPasswordAndMissingCertificateFileAreRefused() async throws {
        let password = await #expect(throws: StoreError.self) {
            try await MongoStore.open(uri: "mongodb://user:@127.0.0.1:1/", logger: logger)
        }
        #expect(password?.description.contains("empty password") == true)
        let file = await #expect(throws: StoreError.self) {
            try await MongoStore.open(
                uri: "mongodb://127.0.0.1:1/?tls=true&tlsCAFile=/nowhere/ca.pem", logger: logger)
        }
        #expect(file?.description.contains("/nowhere/ca.pem") == true)
    }

    @Test func wrongPasswordIsNamedButNotQuoted() async throws {
        let address = try MongoDatabase.Address.ofEnvironment()
        let uri = """
            mongodb://nobody:s3cr3tpassword@\(address.authority.dropFirst(address.login.count))/test?\
            \(address.options)&authSource=admin
            """
        let error = await #expect(throws: StoreError.self) { try await MongoStore.open(uri: uri, logger: logger) }
        let text = try #require(error).description
        #expect(text.contains("MongoDB refused the user"), "\(text)")
        #expect(!text.contains("s3cr3tpassword"))
    }

    @Test(arguments: [
        (
            "not authorized on cb to execute command { update: \"versions\", ordered: true, $db: \"cb\" }",
            "not authorized on cb to execute the command update"
        ), ("Authentication failed", "Authentication failed"),
    ])
    func aRefusalNamesTheCommandOnly(of text: String, is short: String) {
        #expect(MongoFailure.withoutCommand(text) == short)
    }

    @Test func whatTheDriverSaysAboutServersIsKeptWithoutTheNamesOfItsCalls() {
        let search = ServerSearch(servers: "a:1, b:2", time: .milliseconds(500))
        let said =
            "No suitable servers found: `serverSelectionTimeoutMS` expired: "
            + "[socket timeout calling hello on 'a:1'] [Failed to resolve 'b'] [Failed to connect to target host: c:3]"
        let reasons = ServerSearch.reasons(in: said)
        #expect(reasons == ["socket timeout calling hello on 'a:1'", "Failed to resolve 'b'"])
        #expect(search.failure(reasons).contains("a:1, b:2 within 500 ms (a:1: socket timeout; Failed to resolve 'b')"))
        #expect(ServerSearch.reasons(in: "No suitable servers found: `serverSelectionTimeoutMS` expired").isEmpty)
    }

    @Test(arguments: [
        (
            #"Failed to send "insert" command with database "configbus": Failed to read 4 bytes: socket error or timeout"#,
            "insert was not answered: the server took too long, or the connection broke"
        ),
        (
            #"Failed to send "find" command with database "x": connection closed"#,
            "find was not answered: connection closed"
        ), ("Failed to read", "Failed to read"), ("E11000 duplicate key", "E11000 duplicate key"),
    ])
    func whatTheDriverSaysAboutConnectionsIsSaidInWords(said: String, words: String) {
        #expect(MongoFailure.inWords(said) == words)
    }

    @Test(arguments: [
        ("mongodb://u:s3cr3t@x@host/", "percent-encoded"), ("mongodb://u:s3@cr3t@host/", "percent-encoded"),
        ("mongodb://u:s3cr3t@host/?replicasets=rs0", "'replicasets'"), ("mongodb://u:@host/", "empty password"),
    ])
    func aURIThatCannotBeWhatItSaysIsRefusedWithoutItsPassword(uri: String, says: String) {
        let error = #expect(throws: UnreadableURI.self) { try MongoStore.check(uri: uri) }
        #expect(error?.reason.contains(says) == true && error?.reason.contains("cr3t") == false)
    }

    @Test func deadServerIsUnavailable() async throws {
        // A port on which no server listens any more.
        let proxy = try LossyProxy(to: "127.0.0.1", port: 1)
        proxy.close()
        let uri = "mongodb://user:s3cr3t@127.0.0.1:\(proxy.port)/"
        let error = await #expect(throws: StoreError.self) { try await MongoStore.open(uri: uri, logger: logger) }
        guard case .unavailable(let text) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(
            text == "no MongoDB server that takes writes answered at 127.0.0.1:\(proxy.port) within 2 s: check that it "
                + "runs, its address, and that its replica set has this name and a primary.")
        #expect(!text.contains("s3cr3t"))
    }

    /// The server stays connected and says nothing more: every call ends by itself, and all works again afterwards.
    @Test func silentServerIsUnavailable() async throws {
        try await MongoDatabase.with { database in
            let address = try MongoDatabase.Address.ofEnvironment()
            let proxy = try TCPProxy(to: address.host.name, port: address.host.port)
            defer { proxy.close() }
            let uri = "mongodb://\(address.login)127.0.0.1:\(proxy.port)/\(database.name)?directConnection=true"
            let options = MongoOptions(
                connectTimeout: .milliseconds(500), replyTimeout: .milliseconds(500), resolutionTimeout: .seconds(1))
            // With so little time for a response any call can fail on a busy machine, also while the server speaks.
            let store = try await eventually("the store opens") {
                try await MongoStore.open(uri: uri, options: options, logger: logger)
            }
            let record = try VersionChain("service/prod").following()
            proxy.freeze()
            for call in [{ _ = try await store.head(of: record.key) }, { _ = try await store.append(record) }] {
                let error = await #expect(throws: StoreError.self) { try await call() }
                guard case .unavailable = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
            }
            proxy.mend()
            try await eventually("the append works again") { try await store.append(record) == .stored }
            let history = try await eventually("the history is read") {
                try await store.history(of: record.key, before: nil, limit: 10)
            }
            #expect(history.map(\.record) == [record])
            store.closeAlongside()
        }
    }

    static let damages: [(fields: BSONFields, reason: String)] = [
        (["config_data": .binary(Array(#"{"a":2}"#.utf8))], "'content_hash' does not match 'config_data'"),
        (["comment": "another"], "'record_hash' does not match the other fields"),
        (["created_by": 5], "'created_by' is not a string"),
        (["change_type": "moved"], "'change_type' is not one of created, updated, deleted"),
        (["epoch": "first"], "'epoch' is not <number>-<uuid>"),
        (["signature": "c2lnbmF0dXJl"], "only one of 'signature' and 'key_id' is there"),
        (["announced": 1], "'announced' is not a boolean"),
    ]

    @Test(arguments: damages.indices)
    func damagedVersionIsNamed(_ index: Int) async throws {
        let (fields, reason) = Self.damages[index]
        try await MongoDatabase.withStore { store, database in
            var chain = try VersionChain("parsing/prod")
            #expect(try await store.append(chain.next(#"{"a":1}"#)) == .stored)
            #expect(try await store.append(chain.next(#"{"a":1}"#)) == .stored)
            try await database.set(fields, ofVersion: 2)
            let error = await #expect(throws: StoreError.self) { try await store.head(of: chain.key) }
            #expect(error?.description == "Version 2 of parsing/prod is damaged in the store: \(reason).")
            #expect(try await store.heads(HeadQuery()).damaged.map(\.reason) == [reason])
            // The others are served.
            #expect(try await store.version(1, of: chain.key) != nil)
        }
    }
}
