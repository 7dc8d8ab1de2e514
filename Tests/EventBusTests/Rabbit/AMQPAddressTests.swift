import EventBus
import Testing

@testable import RabbitBus

struct AMQPAddressTests {
    struct Sample: Sendable {
        let uri: String
        var hosts: [String]
        var user = "guest"
        var password = "guest"
        var virtualHost = "/"
    }

    @Test(arguments: [
        Sample(uri: "amqp://broker", hosts: ["broker:5672"]),
        Sample(uri: "amqp://broker/", hosts: ["broker:5672"]),
        Sample(uri: "AMQP://broker:1/%2F", hosts: ["broker:1"]),
        Sample(uri: "amqp://broker/%2f", hosts: ["broker:5672"]),
        Sample(uri: "amqp://broker/tenant", hosts: ["broker:5672"], virtualHost: "tenant"),
        Sample(uri: "amqp://broker/a%2Fb%20c", hosts: ["broker:5672"], virtualHost: "a/b c"),
        Sample(uri: "amqp://u:p@127.0.0.1:65535/", hosts: ["127.0.0.1:65535"], user: "u", password: "p"),
        Sample(uri: "amqp://u:@h", hosts: ["h:5672"], user: "u", password: ""),
        Sample(uri: "amqp://u%40x:p%3A%2F%40%23%3f%25@h", hosts: ["h:5672"], user: "u@x", password: "p:/@#?%"),
        Sample(uri: "amqp://u:a:b@h", hosts: ["h:5672"], user: "u", password: "a:b"),
        Sample(uri: "amqp://%C3%A9:\u{E9}@h", hosts: ["h:5672"], user: "\u{E9}", password: "\u{E9}"),
        Sample(uri: "amqp://[::1]", hosts: ["[::1]:5672"]),
        Sample(uri: "amqp://[fe80::1]:99/v", hosts: ["[fe80::1]:99"], virtualHost: "v"),
        Sample(uri: "amqp://a,b:5673,[::1]:5674", hosts: ["a:5672", "b:5673", "[::1]:5674"]),
        Sample(uri: "amqps://broker.example", hosts: ["broker.example:5671"]),
    ])
    func readsLoginHostsAndVirtualHost(_ sample: Sample) throws {
        let address = try AMQPAddress(parsing: sample.uri)
        #expect(address.endpoints.map(\.description) == sample.hosts)
        #expect(address.user == sample.user)
        #expect(address.password.value == sample.password)
        #expect(address.virtualHost == sample.virtualHost)
        #expect((address.security != nil) == sample.uri.hasPrefix("amqps"))
    }

    @Test(arguments: [("", ""), ("registry@", "registry")])
    func withAuth_mechanismExternalTheCertificateLogsInAndTheURIMayNameTheUser(_ login: String, _ user: String) throws {
        let address = try AMQPAddress(
            parsing: "amqps://\(login)h?auth_mechanism=external&certfile=c&keyfile=k")
        #expect(address.security?.logsInWithCertificate == true)
        #expect(address.user == user && address.password.value == "")
        #expect(try AMQPAddress(parsing: "amqps://h?auth_mechanism=plain").security?.logsInWithCertificate == false)
    }

    @Test(
        arguments: [
            ("amqp://h", "h:5672"), ("amqp://127.0.0.1,h:1", "h:1"), ("amqp://localhost", nil), ("amqp://[::1]", nil),
            ("amqp://127.0.0.9", nil), ("amqps://h", nil), ("amqp://10.0.0.1", "10.0.0.1:5672"), ("no URI", nil),
        ] as [(String, String?)])
    func aBrokerOnAnotherMachineWithoutTLSIsNamed(_ uri: String, _ server: String?) {
        #expect(RabbitBus.plaintextServer(in: uri) == server)
    }

    @Test(
        arguments: [
            ("amqp://u:secret@h", true), ("amqp://guest:guest@h", false), ("amqp://h", false), ("no URI", false),
        ])
    func aPasswordThatIsNotEverybodysIsFound(_ uri: String, _ holds: Bool) {
        #expect(RabbitBus.holdsPassword(uri) == holds)
    }

    @Test func readsOptions() throws {
        let plain = try AMQPAddress(parsing: "amqp://h?heartbeat=30&connection_timeout=1500")
        #expect(plain.heartbeat == .seconds(30))
        #expect(plain.connectionTimeout == .milliseconds(1_500))
        #expect(plain.security == nil)
        let secure = try AMQPAddress(
            parsing: "amqps://localhost/v?cacertfile=/a%20b/ca.pem&certfile=c&keyfile=k&verify=verify_none")
        #expect(
            secure.security
                == AMQPSecurity(
                    certificateAuthorities: "/a b/ca.pem", identity: .init(certificate: "c", key: "k"),
                    verifiesPeer: false))
        #expect(secure.heartbeat == nil)
        #expect(try AMQPAddress(parsing: "amqps://h").security?.verifiesPeer == true)
    }

    @Test(arguments: [
        ("", "begins with amqp://"), ("http://h", "begins with amqp://"), ("amqp:/h", "begins with amqp://"),
        ("amqp://", "no usable host"), ("amqp://:5672", "no usable host"), ("amqp://u:p@", "no usable host"),
        ("amqp://a,,b", "no usable host"), ("amqp://h\u{E9}", "no usable host"), ("amqp://h%20", "no usable host"),
        ("amqp://h:", "port"), ("amqp://h:0", "port"), ("amqp://h:65536", "port"), ("amqp://h:+1", "port"),
        ("amqp://h:5672x", "port"), ("amqp://h:99999999999999999999", "port"),
        ("amqp://[::1", "IPv6"), ("amqp://[::1]x", "IPv6"), ("amqp://[nonsense]", "IPv6"),
        ("amqp://[127.0.0.1]", "IPv6"),
        ("amqp://[fe80::1%25eth0]", "IPv6"),
        ("amqp://u@h", "without a password"), ("amqp://:p@h", "between 1 and 255"),
        ("amqp://u:p@ss@h", "'%40'"), ("amqp://u:p#x@h", "'%23'"), ("amqp://u:a b@h", "blank"),
        ("amqp://u:a\nb@h", "blank"),
        ("amqp://u:%zz@h", "'%25'"), ("amqp://u:%4@h", "'%25'"), ("amqp://u:%00@h", "NUL"), ("amqp://u:%FF@h", "UTF-8"),
        ("amqp://h/a/b", "'%2F'"), ("amqp://h//", "'%2F'"), ("amqp://h/%00", "NUL"),
        ("amqp://h?heartbeat=0", "between 1 and 3600"), ("amqp://h?heartbeat=ten", "between 1 and 3600"),
        ("amqp://h?heartbeat", "is given once"), ("amqp://h?heartbeat=1&heartbeat=2", "is given once"),
        ("amqp://h?connection_timeout=-1", "between 1 and 600000"),
        ("amqp://h?frame_max=4096", "unknown option 'frame_max'"), ("amqp://h?heartbeat=5&", "unknown option"),
        ("amqps://h?verify=verify_none", "on this machine"),
        ("amqps://127.0.0.1,h?verify=verify_none", "on this machine"),
        ("amqps://10.0.0.1?verify=verify_none", "on this machine"),
        ("amqps://h?auth_mechanism=external", "'certfile' and 'keyfile'"),
        ("amqps://h?auth_mechanism=digest", "plain or external"), ("amqp://h?auth_mechanism=plain", "needs amqps"),
        ("amqps://u:p@h?auth_mechanism=external&certfile=c&keyfile=k", "no password"),
        ("amqp://h?verify=verify_none", "needs amqps"), ("amqp://h?cacertfile=x", "needs amqps"),
        ("amqps://h?verify=no", "verify_peer or verify_none"), ("amqps://h?certfile=x", "come together"),
        ("amqps://127.0.0.1", "host name"), ("amqps://[::1]", "host name"),
    ])
    func refusesWhatItDoesNotUnderstand(_ uri: String, _ reason: String) {
        let error = #expect(throws: BusError.self) { try AMQPAddress(parsing: uri) }
        #expect(error?.code == .invalid)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        "amqp://user:s3cret", "amqp://user:s3cret:x@h", "amqp://user:s3cret@", "amqp://user:p?s3cret@h",
        "amqp://user:p?s3cret=1@h",
        "amqp://user:p/s3cret@h", "amqp://user:p@s3cret@h", "amqp://user:%s3cret@h", "amqp://user:s3cret@h:port",
        "amqp://user:s3cret@h/v?x=1", "amqps://user:s3cret@127.0.0.1", "amqp://h:s3cret",
    ])
    func neverShowsThePassword(_ uri: String) {
        do throws(BusError) {
            let address = try AMQPAddress(parsing: uri)
            #expect(!"\(address)".contains("s3cret"))
            var dumped = ""
            dump(address, to: &dumped)
            #expect(!dumped.contains("s3cret"))
        } catch {
            #expect(!error.message.contains("s3cret"), "\(error.message)")
        }
    }
}
