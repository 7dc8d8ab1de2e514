import Glibc

/// How this process is named in the access log.
enum RegistryName {
    /// The name of the host.
    static var own: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
        let name = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: name, as: UTF8.self)
    }

    /// The name of a registry that listens on a port.
    static func registry(port: Int) -> String { port == 0 ? own : "\(own):\(port)" }
}
