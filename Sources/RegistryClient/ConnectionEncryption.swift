package import ConfigModel
package import NIOCore

/// What encrypts the connections to one registry.
package protocol ConnectionEncryption: Sendable {
    /// What the next connection takes, from the files as they are now.
    func current() throws(TLSFailure) -> any ConnectionEncrypter
    /// When the certificate ends that the registry showed on a connection; nil when it showed none.
    func certificateEnd(of channel: any Channel) throws -> Timestamp?
}

/// Encrypts new connections.
package protocol ConnectionEncrypter: Sendable {
    /// Adds what encrypts one connection, and behind it what turns the library's errors into `TLSFailure`.
    ///
    /// - Parameter serverName: what the registry's certificate must be for; nil where it is an address.
    func addHandlers(to pipeline: ChannelPipeline.SynchronousOperations, serverName: String?) throws
}

/// Why there is no TLS with a registry.
package struct TLSFailure: Error {
    /// In a few words.
    package let reason: String

    /// Says why.
    package init(_ reason: String) { self.reason = reason }
}
