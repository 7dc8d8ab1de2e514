import ConfigAccess

extension ClientCertificate {
    /// Takes what a connection's certificate says, which was verified by the handshake.
    init(_ peer: PeerCertificate) {
        self.init(
            uris: peer.uris, dnsNames: peer.dnsNames, commonName: peer.commonName,
            hasAlternativeNames: peer.hasAlternativeNames, notAfter: peer.notAfter)
    }
}
