import Foundation
import Logging
import TestSupport
import Testing

@testable import RegistryServer

/// Which certificate a server shows while its files change.
@Suite(.enabled(if: TestAuthority.isAvailable, "openssl is not installed"), .timeLimit(.minutes(1)))
struct ServerTLSTests {
    /// What may be wrong with the files.
    enum Mistake: String, CaseIterable {
        case missingCertificate, rubbishCertificate, missingKey, rubbishKey, foreignKey, ended, later
        case rubbishAuthority

        var says: String {
            switch self {
            case .missingCertificate, .missingKey: "cannot be read"
            case .rubbishCertificate, .rubbishAuthority: "holds no certificate in PEM"
            case .rubbishKey: "holds no private key in PEM"
            case .foreignKey: "does not belong to the certificate"
            case .ended: "ended at 2021-01-01T00:00:00"
            case .later: "is not valid before 2098-01-01T00:00:00"
            }
        }

        func make(_ world: World) async throws {
            switch self {
            case .missingCertificate: try FileManager.default.removeItem(atPath: world.files.certificate)
            case .missingKey: try FileManager.default.removeItem(atPath: world.files.key)
            case .rubbishCertificate: try world.write("rubbish", to: world.files.certificate)
            case .rubbishKey: try world.write("rubbish", to: world.files.key)
            case .rubbishAuthority: try world.write("rubbish", to: world.files.clientAuthority ?? "")
            case .foreignKey: try world.install(key: await world.authority.issue("other").key)
            case .ended: try world.install(await world.authority.issue("ended", .ended))
            case .later: try world.install(await world.authority.issue("later", .later))
            }
        }
    }

    @Test(arguments: Mistake.allCases)
    func filesThatCannotBeUsedAreRefusedWithTheReason(_ mistake: Mistake) async throws {
        try await World.with { world in
            try await mistake.make(world)
            let error = #expect(throws: UnusableCertificate.self) { try ServerTLS(world.files, logger: .silent) }
            #expect(error?.description.contains(mistake.says) == true, "\(error?.description ?? "")")
        }
    }

    @Test(arguments: Mistake.allCases)
    func whatCannotBeUsedKeepsTheCertificateBeforeIsCountedOnceAndIsForgottenWhenItIsMended(_ mistake: Mistake)
        async throws
    {
        try await World.with { world in
            let tls = try ServerTLS(world.files, logger: .silent)
            let before = tls.present.context
            try await mistake.make(world)
            for _ in 1...3 { tls.reload() }
            #expect(tls.present.context === before)
            #expect(tls.status.failures == 1)
            #expect(tls.status.problem?.contains(mistake.says) == true)
            try world.install(await world.authority.issue("mended"))
            try world.write(String(contentsOfFile: world.authority.certificate, encoding: .utf8), to: world.clients)
            tls.reload()
            #expect(tls.present.context !== before)
            #expect(tls.status.failures == 1 && tls.status.problem == nil)
        }
    }

    @Test func theSameContentIsNotReadIntoAnythingNewWheneverTheFilesWereWritten() async throws {
        try await World.with { world in
            let tls = try ServerTLS(world.files, logger: .silent)
            let before = tls.present.context
            try world.write(String(contentsOfFile: world.files.key, encoding: .utf8), to: world.files.key)
            tls.reload()
            #expect(tls.present.context === before)
        }
    }

    @Test func itIsKnownWhenTheCertificateAndTheClientsCAEnd() async throws {
        try await World.with { world in
            let tls = try ServerTLS(world.files, logger: .silent)
            #expect(tls.status.certificateEnd == 4_102_358_400)
            #expect(tls.status.clientAuthorityEnd != nil)
        }
    }

    @Test func aLinkIsFollowedAsSecretsAreMountedThatWay() async throws {
        try await World.with { world in
            try FileManager.default.moveItem(atPath: world.files.key, toPath: world.files.key + ".1")
            try FileManager.default.createSymbolicLink(
                atPath: world.files.key, withDestinationPath: world.files.key + ".1")
            #expect(throws: Never.self) { try ServerTLS(world.files, logger: .silent) }
        }
    }

    /// The files of one server.
    struct World {
        let authority: TestAuthority
        let files: ServerTLSFiles
        let clients: String

        static func with(_ body: (World) async throws -> Void) async throws {
            try await TemporaryDirectory.with { directory in
                let authority = try await TestAuthority(in: directory.path)
                let clients = "\(directory.path)/clients.pem"
                let world = World(
                    authority: authority,
                    files: ServerTLSFiles(
                        certificate: "\(directory.path)/server.pem", key: "\(directory.path)/server.key",
                        clientAuthority: clients),
                    clients: clients)
                try world.install(await authority.issue("server"))
                try FileManager.default.copyItem(atPath: authority.certificate, toPath: clients)
                try await body(world)
            }
        }

        func install(_ pair: TestCertificate) throws {
            try write(String(contentsOfFile: pair.certificate, encoding: .utf8), to: files.certificate)
            try install(key: pair.key)
        }

        func install(key: String) throws { try write(String(contentsOfFile: key, encoding: .utf8), to: files.key) }

        func write(_ text: String, to path: String) throws {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
    }
}
