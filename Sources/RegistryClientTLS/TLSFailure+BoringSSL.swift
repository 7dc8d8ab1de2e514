import ConfigModel
import NIOSSL
import RegistryClient

extension TLSFailure {
    /// Why a handshake failed.
    ///
    /// - Parameters:
    ///   - peer: the certificate that the registry showed; nil when it came to none.
    ///   - now: seconds since 1970.
    init(_ error: any Error, peer: NIOSSLCertificate?, now: Int64 = Timestamp.now.milliseconds / 1_000) {
        switch error {
        case is NIOSSLExtraError: self.init("its certificate is for another name")
        case NIOSSLError.handshakeFailed(let cause): self.init(Self.reason(Self.words(cause), peer, now))
        case let error as NIOSSLError: self.init("the handshake failed (\(error))")
        default: self.init("the connection was ended in the handshake")
        }
    }

    /// The registry's refusal of the client's certificate, which comes when the handshake is over for the client (RFC 8446,
    /// section 4.4.2.4); nil for any other error of a connection.
    init?(refusalIn error: any Error) {
        guard let error = error as? BoringSSLError, let reason = Self.refusal(Self.words(error)) else { return nil }
        self.init(reason)
    }

    /// The library's own words, which are the only thing that tells its errors apart.
    private static func words(_ error: BoringSSLError) -> String {
        switch error {
        case .sslError(let stack), .unknownError(let stack): stack.map(\.description).joined(separator: " ")
        default: ""
        }
    }

    private static func reason(_ words: String, _ peer: NIOSSLCertificate?, _ now: Int64) -> String {
        if let refusal = refusal(words) { return refusal }
        if words.contains("CERTIFICATE_VERIFY_FAILED") { return distrust(peer, now) }
        if words.contains("WRONG_VERSION_NUMBER") || words.contains("HTTP_REQUEST") {
            return "it does not speak TLS, so that its address begins with http://"
        }
        if words.contains("PROTOCOL_VERSION") || words.contains("UNSUPPORTED_PROTOCOL") {
            return "it speaks neither TLS 1.2 nor TLS 1.3"
        }
        if words.contains("ALERT_HANDSHAKE_FAILURE") {
            return "it ended the handshake, perhaps because it requires a client certificate"
        }
        return "the connection was ended in the handshake"
    }

    private static func distrust(_ peer: NIOSSLCertificate?, _ now: Int64) -> String {
        if let peer {
            let (start, end) = (Int64(peer.notValidBefore), Int64(peer.notValidAfter))
            if end < now { return "its certificate ended at \(Timestamp(milliseconds: end * 1_000))" }
            if start > now { return "its certificate is not valid before \(Timestamp(milliseconds: start * 1_000))" }
        }
        return "its certificate is not signed by a CA that is trusted here"
    }

    private static func refusal(_ words: String) -> String? {
        let refusals = [
            ("ALERT_CERTIFICATE_REQUIRED", "it requires a client certificate"),
            ("ALERT_UNKNOWN_CA", "it does not trust the CA of the client certificate"),
            ("ALERT_CERTIFICATE_EXPIRED", "the client certificate has ended"),
            ("ALERT_CERTIFICATE_REVOKED", "the client certificate was revoked"),
            ("ALERT_BAD_CERTIFICATE", "it does not accept the client certificate"),
            ("ALERT_UNSUPPORTED_CERTIFICATE", "it does not accept the client certificate"),
            ("ALERT_CERTIFICATE_UNKNOWN", "it does not accept the client certificate"),
        ]
        return refusals.first { words.contains($0.0) }?.1
    }
}
