import ConfigModel
import Foundation
import RegistryAPI
import TestSupport
import Testing

extension EndToEnd {
    /// Everything from the registry to the database and the broker, and from the broker to watchers, over TLS.
    @Suite(.enabled(if: EncryptedServers.shared != nil, "CONFIGBUS_TEST_TLS_DIR is not set: run scripts/test"))
    struct EncryptedServersTests {
        @Test(arguments: EncryptedServers.Login.allCases)
        func aChangeReachesAWatcherWithDatabaseAndBrokerOverTLS(_ login: EncryptedServers.Login) async throws {
            let servers = try #require(EncryptedServers.shared)
            try await withBench { bench in
                // So that both are cleared afterwards.
                _ = try (bench.databaseURI(), bench.brokerURI())
                let broker = servers.amqpURI(login)
                let registry = try await bench.startRegistry(
                    store: .mongodb(uri: servers.mongodbURI(login, database: bench.database)),
                    bus: .rabbitMQ(uri: broker))
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let watcher = try bench.startWatcher(of: "parsing", at: registry, broker: broker)
                try await watcher.report("applied", 1, of: bench.parsing)
                try await registry.publish(#"{"n":2}"#, as: bench.parsing)
                try await watcher.report("applied", 2, of: bench.parsing)
                #expect(try await registry.status() == .healthy)
                #expect(!registry.process.errors.text.contains("without TLS"))
            }
        }

        @Test func aCAThatIsNotNamedIsNotTrustedAndTheReasonIsSaid() async throws {
            let servers = try #require(EncryptedServers.shared)
            try await withBench { bench in
                let uri = servers.mongodbURI(.authority, database: bench.database)
                let result = try await bench.configbus(
                    "serve", "--port", "0", "--mongodb-uri",
                    String(uri.prefix { $0 != "&" }) + "&tls=true&serverSelectionTimeoutMS=2000")
                #expect(result.status == .exited(3))
                #expect(result.errors.contains("certificate verify failed"))
            }
        }
    }
}

extension CommandLineTests {
    /// Addresses of servers: what must not stand in them, and where secrets are kept.
    @Suite struct ServerAddressTests {
        @Test(
            arguments: [
                ["--mongodb-uri", "mongodb://db.example/?tls=true&tlsInsecure=true"],
                ["--mongodb-uri", "mongodb://db.example/?tls=true&tlsAllowInvalidCertificates=true"],
                ["--amqp-uri", "amqps://broker.example/?verify=verify_none"],
            ])
        func whatSkipsVerificationIsRefusedForAnotherMachine(_ options: [String]) async throws {
            try await withBench(on: nil) { bench in
                let result = try await bench.configbus(["serve"] + options)
                #expect(result.status == .exited(2))
                #expect(result.errors.split(separator: "\n").count == 1)
            }
        }

        @Test func aPasswordInAFlagAndAServerWithoutTLSAreOneWarningEachWithoutThePassword() async throws {
            try await withBench(on: nil) { bench in
                let uri = "mongodb://user:s3cret@db.invalid/?serverSelectionTimeoutMS=100"
                let flag = try await bench.configbus("serve", "--port", "0", "--mongodb-uri", uri)
                let warnings = flag.errors.split(separator: "\n").filter { $0.hasPrefix("warning: ") }
                #expect(warnings.count == 2 && !flag.errors.contains("s3cret"))
                #expect(warnings.contains { $0.contains("--mongodb-uri-file") })
                #expect(warnings.contains { $0.contains("db.invalid:27017 without TLS") })
                let variable = try await bench.configbus(
                    ["serve", "--port", "0"], environment: ["CONFIGBUS_MONGODB_URI": uri])
                #expect(variable.errors.split(separator: "\n").filter { $0.hasPrefix("warning: ") }.count == 1)
            }
        }

        @Test(arguments: [0o600, 0o644])
        func anAddressMayStandInAFileWhichIsToBeReadableByItsOwnerOnly(_ mode: Int) async throws {
            try await withBench(on: nil) { bench in
                let path = bench.path("amqp-uri")
                try "amqp://user:s3cret@127.0.0.1:1/\n".write(toFile: path, atomically: true, encoding: .utf8)
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
                for environment in [[:], ["CONFIGBUS_AMQP_URI_FILE": path]] {
                    let result = try await bench.configbus(
                        ["doctor", "--url", "http://127.0.0.1:1"]
                            + (environment.isEmpty ? ["--amqp-uri-file", path] : []), environment: environment)
                    #expect(result.output.contains("The broker at 127.0.0.1:1 cannot be reached"))
                    #expect(result.errors.contains(path) == (mode == 0o644))
                    #expect(!(result.output + result.errors).contains("s3cret"))
                }
            }
        }

        @Test func anAddressInTwoPlacesAndAFileWithAnythingElseAreRefused() async throws {
            try await withBench(on: nil) { bench in
                let path = bench.path("amqp-uri")
                try "amqp://127.0.0.1:1/ and more".write(toFile: path, atomically: true, encoding: .utf8)
                let both = try await bench.configbus(
                    "watch", "parsing", "--amqp-uri", "amqp://127.0.0.1:1/", "--amqp-uri-file", path)
                #expect(both.status == .exited(2) && both.errors.contains("keep one"))
                let more = try await bench.configbus("watch", "parsing", "--amqp-uri-file", path)
                #expect(more.status == .exited(2) && more.errors.contains("one address"))
                let missing = try await bench.configbus("serve", "--mongodb-uri-file", bench.path("missing"))
                #expect(missing.status == .exited(1) && missing.errors.contains("--mongodb-uri-file"))
            }
        }
    }
}

/// The servers of the tests over TLS, as `scripts/services env` names them.
struct EncryptedServers: Sendable {
    /// How a client is let in.
    enum Login: CaseIterable {
        /// As without TLS; only the server shows a certificate.
        case authority
        /// With a client certificate and nothing else.
        case certificate
    }

    static let shared: EncryptedServers? = {
        let environment = ProcessInfo.processInfo.environment
        guard let mongodb = environment["CONFIGBUS_TEST_MONGODB_TLS_URI"],
            let amqp = environment["CONFIGBUS_TEST_AMQPS_URI"], let directory = environment["CONFIGBUS_TEST_TLS_DIR"]
        else { return nil }
        return EncryptedServers(mongodb: mongodb, amqp: amqp, directory: directory)
    }()

    let mongodb: String
    let amqp: String
    let directory: String

    func mongodbURI(_ login: Login, database: String) -> String {
        let uri = mongodb.replacing("/?", with: "/\(database)?", maxReplacements: 1)
        switch login {
        case .authority: return uri
        case .certificate:
            return uri + "&tlsCertificateKeyFile=\(directory)/client-both.pem&authMechanism=MONGODB-X509"
        }
    }

    /// The broker through a proxy on this machine, and the proxy.
    func brokerProxy(options: String) throws -> (proxy: TCPProxy, uri: String) {
        guard var address = URLComponents(string: amqpURI(.authority)), let host = address.host, let port = address.port
        else { throw MissingServer() }
        let proxy = try TCPProxy(to: host, port: port)
        address.port = proxy.port
        guard let uri = address.string else { throw MissingServer() }
        return (proxy, "\(uri)&\(options)")
    }

    func amqpURI(_ login: Login) -> String {
        switch login {
        case .authority: return amqp
        case .certificate:
            let address = amqp.split(separator: "@").last ?? ""
            return "amqps://configbus-client@\(address)&auth_mechanism=external&certfile=\(directory)/client.pem"
                + "&keyfile=\(directory)/client.key"
        }
    }
}
