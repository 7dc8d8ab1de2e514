import CRabbitMQ
import EventBus
import Glibc

extension AMQPConnection {
    /// A socket that speaks TLS 1.2 or later and verifies the broker's certificate and name unless configured otherwise.
    func newSecureSocket(_ security: AMQPSecurity) throws(BusError) -> OpaquePointer {
        guard let socket = amqp_ssl_socket_new(handle) else {
            throw BusError(.unavailable, "TLS cannot be set up for the connection to the broker.")
        }
        let versions = amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST)
        try check(versions, "TLS 1.2 cannot be required for the connection to the broker")
        amqp_ssl_socket_set_verify_peer(socket, security.verifiesPeer ? 1 : 0)
        amqp_ssl_socket_set_verify_hostname(socket, security.verifiesPeer ? 1 : 0)
        if security.verifiesPeer {
            let file = try security.certificateAuthoritiesOrSystem()
            let status = amqp_ssl_socket_set_cacert(socket, file)
            try check(status, "The certificate authorities in '\(file)' cannot be read")
        }
        if let identity = security.identity {
            let status = amqp_ssl_socket_set_key(socket, identity.certificate, identity.key)
            try check(
                status, "The certificate in '\(identity.certificate)' or its key in '\(identity.key)' cannot be read")
        }
        return socket
    }
}

extension AMQPSecurity {
    /// Where systems keep the authorities they trust; the library itself knows none.
    private static let systemFiles = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
    ]

    fileprivate func certificateAuthoritiesOrSystem() throws(BusError) -> String {
        if let certificateAuthorities { return certificateAuthorities }
        if let file = Self.systemFiles.first(where: { access($0, R_OK) == 0 }) { return file }
        throw BusError(
            .invalid, "No file with certificate authorities was found: name one with 'cacertfile' in the AMQP URI.")
    }
}
