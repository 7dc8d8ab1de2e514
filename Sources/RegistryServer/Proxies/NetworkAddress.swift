#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The bytes of an IP address.
enum NetworkAddress {
    /// 4 or 16 bytes; an IPv4 address in its IPv6 form is an IPv4 address. Nil for what is no address.
    static func bytes(_ address: String) -> [UInt8]? {
        withUnsafeTemporaryAllocation(byteCount: 16, alignment: 16) { buffer in
            if inet_pton(AF_INET, address, buffer.baseAddress) == 1 { return Array(buffer[..<4]) }
            guard inet_pton(AF_INET6, address, buffer.baseAddress) == 1 else { return nil }
            let bytes = Array(buffer)
            let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xff && bytes[11] == 0xff
            return isMapped ? Array(bytes[12...]) : bytes
        }
    }
}
