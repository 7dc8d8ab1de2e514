import Glibc
import NIOCore
import RegistryServer
import SystemPackage

/// Looks whether a registry could listen, before anything is made for it: a start that is refused leaves nothing behind.
enum ListeningProbe {
    /// - Throws: `CommandFailure` for an address that is not allowed, that this machine does not have, or whose port is taken.
    static func check(_ settings: ServeSettings) throws {
        do {
            try RegistryServer.requireSafe(
                settings.host, requiresCredentials: settings.needsAuthentication,
                isEncrypted: settings.tls != nil || settings.proxies != nil)
        } catch {
            throw CommandFailure.usage(error.description)
        }
        let address: SocketAddress
        do {
            address = try SocketAddress.makeAddressResolvingHost(settings.host, port: settings.port)
        } catch {
            throw CommandFailure.usage("--host '\(settings.host)' is no address of this machine: use 127.0.0.1.")
        }
        let descriptor = socket(address.protocol.rawValue, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw CommandFailure(listening: Errno(rawValue: errno), settings) }
        defer { Glibc.close(descriptor) }
        // As the server does: connections that ended a moment ago do not keep the port.
        var reuses: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuses, socklen_t(MemoryLayout<Int32>.size))
        let result = address.withSockAddr { Glibc.bind(descriptor, $0, socklen_t($1)) }
        guard result == 0 else { throw CommandFailure(listening: Errno(rawValue: errno), settings) }
    }
}
