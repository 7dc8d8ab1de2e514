import Testing

@testable import MongoStore

/// What a MongoDB URI says about encryption and secrets.
@Suite struct MongoURISecurityTests {
    @Test(
        arguments: [
            "tlsInsecure=true", "tlsAllowInvalidCertificates=true", "tlsAllowInvalidHostnames=true",
            "sslAllowInvalidCertificates=true", "sslAllowInvalidHostnames=true",
        ])
    func anOptionThatSkipsVerificationIsForServersOnThisMachineOnly(_ option: String) {
        for servers in [
            "db.example:27017", "127.0.0.1,db.example", "10.0.0.1", "127.evil.example", "localhost.example",
        ] {
            let error = #expect(throws: UnreadableURI.self) {
                try MongoStore.check(uri: "mongodb://\(servers)/?tls=true&\(option)")
            }
            #expect(error?.reason.contains("tlsCAFile") == true)
        }
        for servers in ["127.0.0.1:27017", "localhost", "[::1]:27017,127.0.0.2", "%2Ftmp%2Fmongodb-1.sock"] {
            #expect(throws: Never.self) { try MongoStore.check(uri: "mongodb://\(servers)/?tls=true&\(option)") }
        }
    }

    @Test func whatIsSwitchedOffIsNoException() {
        #expect(throws: Never.self) {
            try MongoStore.check(uri: "mongodb://db.example/?tls=true&tlsAllowInvalidCertificates=false")
        }
    }

    @Test(
        arguments: [
            ("mongodb://db.example/", "db.example:27017"), ("mongodb://127.0.0.1,db.example:1/", "db.example:1"),
            ("mongodb://db.example/?tls=true", nil), ("mongodb://db.example/?ssl=true", nil),
            ("mongodb://127.0.0.1:27017/", nil), ("mongodb://localhost/", nil), ("mongodb://[::1]/", nil),
            ("no URI", nil),
        ] as [(String, String?)])
    func aServerOnAnotherMachineWithoutTLSIsNamed(_ uri: String, _ server: String?) {
        #expect(MongoStore.plaintextServer(in: uri) == server)
    }

    @Test(
        arguments: [
            (
                "mongodb://user:secret@db.example,b.example:1/orders",
                "MongoDB at db.example:27017, b.example:1, database orders"
            ),
            ("mongodb://127.0.0.1/", "MongoDB at 127.0.0.1:27017, database configbus"), ("no URI", nil),
        ] as [(String, String?)])
    func aPlaceHasNoCredentials(_ uri: String, _ place: String?) {
        #expect(MongoStore.place(of: uri) == place)
    }

    @Test(
        arguments: [
            ("mongodb://user:secret@db.example/", true), ("mongodb://db.example/", false),
            ("mongodb://user@db.example/?authMechanism=MONGODB-X509&tls=true", false), ("no URI", false),
        ])
    func aPasswordIsFound(_ uri: String, _ holds: Bool) {
        #expect(MongoStore.holdsPassword(uri) == holds)
    }
}
