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
        let place = ListeningAddress(host: settings.host, port: settings.port)
        do {
            try check(place) { "--host '\($0)' is no address of this machine: use 127.0.0.1." }
        } catch let reason as Errno {
            throw CommandFailure(listening: reason, settings)
        }
        guard let metrics = settings.metricsAddress else { return }
        do {
            try check(metrics) { "--metrics-address: '\($0)' is no address of this machine: use 127.0.0.1:9100." }
        } catch let reason as Errno {
            throw CommandFailure.unreachable(
                "Cannot listen at \(metrics): \(reason). Choose another address with --metrics-address.")
        }
    }

    /// - Throws: `CommandFailure` for what is no address, `Errno` when it cannot be listened at.
    static func check(_ place: ListeningAddress, _ sentence: (_ host: String) -> String) throws {
        let address: SocketAddress
        do {
            address = try SocketAddress.makeAddressResolvingHost(place.host, port: place.port)
        } catch {
            throw CommandFailure.usage(sentence(place.host))
        }
        let descriptor = socket(address.protocol.rawValue, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        defer { Glibc.close(descriptor) }
        // As the server does: connections that ended a moment ago do not keep the port.
        var reuses: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuses, socklen_t(MemoryLayout<Int32>.size))
        let result = address.withSockAddr { Glibc.bind(descriptor, $0, socklen_t($1)) }
        guard result == 0 else { throw Errno(rawValue: errno) }
    }
}
