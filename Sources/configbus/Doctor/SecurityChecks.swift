import ConfigModel
import RegistryAPI
import RegistryClient

/// Checks how connections are protected, and the secrets for them.
struct SecurityChecks {
    /// A certificate that ends sooner is to be replaced.
    static let warningTime: Duration = .seconds(14 * 86_400)

    let client: RegistryClient
    let access: RegistryAccessOptions
    /// The broker's address, wherever it was given.
    let amqpURI: String?
    /// The broker's address as a flag.
    let amqpFlag: String?
    /// What the registry says about itself; nil when it did not answer.
    let health: HealthResponse?

    func findings() async -> [Finding] {
        var findings: [Finding] = []
        for url in client.urls {
            findings += [plaintext(url)].compactMap(\.self)
        }
        for (url, end) in await client.certificateEnds() { findings.append(Self.certificate(of: url, ends: end)) }
        findings += [part("store"), part("bus"), files(), broker(), password()].compactMap(\.self)
        return findings + [secret(access.clientKey), secret(access.tokenFilePath)].compactMap(\.self)
    }

    /// - Parameter now: the moment from which it is counted.
    static func certificate(of url: String, ends end: Timestamp, now: Timestamp = .now) -> Finding {
        let rest = end.milliseconds - now.milliseconds
        let isSoon = rest < warningTime.components.seconds * 1_000
        return Finding(
            check: "certificate", status: isSoon ? .warning : .good,
            detail:
                "The certificate of \(url) ends at \(end)\(isSoon ? ", in \(max(0, rest / 86_400_000)) days: replace it." : ".")"
        )
    }

    private func plaintext(_ url: String) -> Finding? {
        guard (try? RegistryClient.isPlaintext(url: url)) == true else { return nil }
        return Finding(
            check: "encryption", status: .warning,
            detail:
                "\(url) is reached without TLS: everything can be read and changed on the way, and watchers count as stale. "
                + "Use https://, with --tls-cert at the registry.")
    }

    /// What the registry reaches without TLS.
    private func part(_ name: String) -> Finding? {
        guard case .object(let part)? = health?.details[name], part["plaintext"] == .bool(true) else { return nil }
        return Finding(
            check: "\(name) encryption", status: .warning,
            detail:
                "The registry reaches its \(name) on another machine without TLS: everything, passwords too, can be read on the "
                + "way. Use \(name == "store" ? "tls=true in --mongodb-uri" : "amqps:// in --amqp-uri").")
    }

    /// What the registry found in its certificate's files.
    private func files() -> Finding? {
        guard case .object(let tls)? = health?.details["tls"], case .string(let reason)? = tls["reason"] else {
            return nil
        }
        return Finding(
            check: "certificate files", status: .warning,
            detail:
                "The registry goes on with the certificate before, because it cannot use what its files hold: \(reason)"
        )
    }

    private func broker() -> Finding? {
        guard let amqpURI, let server = SecretURI.Place.amqp.plaintextServer(amqpURI) else { return nil }
        return Finding(
            check: "broker encryption", status: .warning,
            detail: SecretURI.unencrypted(server, .amqp) + " Use amqps:// with cacertfile.")
    }

    private func password() -> Finding? {
        guard let amqpFlag, SecretURI.Place.amqp.isPasswordIn(amqpFlag) else { return nil }
        return Finding(
            check: "password", status: .warning,
            detail: "The password in --amqp-uri can be read by every user of this machine: use --amqp-uri-file.")
    }

    private func secret(_ path: String?) -> Finding? {
        guard let path, SecretFile.isReadableByOthers(path) else { return nil }
        return Finding(
            check: "secret file", status: .warning,
            detail: "\(path) can be read by every user of this machine: chmod o-r \(path)")
    }
}
