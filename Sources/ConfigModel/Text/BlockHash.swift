/// A hash that works through blocks of 64 bytes (FIPS 180-4), with what SHA-1 and SHA-256 have in common.
protocol BlockHash {
    /// The words that the hash begins with; the hash is as long as they are.
    static var initialState: [UInt32] { get }
    /// How many words a block is made into.
    static var scheduleLength: Int { get }

    /// Takes one block into the state.
    ///
    /// - Parameter schedule: room for `scheduleLength` words, of which the first 16 are the block.
    static func compress(_ schedule: UnsafeMutablePointer<UInt32>, into state: UnsafeMutablePointer<UInt32>)
}

extension BlockHash {
    /// The hash of some bytes.
    static func digest(of bytes: [UInt8]) -> [UInt8] {
        var state = initialState
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: scheduleLength) { words in
            guard let schedule = words.baseAddress else { return }
            schedule.initialize(repeating: 0, count: scheduleLength)
            state.withUnsafeMutableBufferPointer { state in
                guard let state = state.baseAddress else { return }
                let whole = bytes.count & ~63
                bytes.withUnsafeBufferPointer { compress($0, upTo: whole, schedule, into: state) }
                let rest = padded(bytes[whole...], count: bytes.count)
                rest.withUnsafeBufferPointer { compress($0, upTo: rest.count, schedule, into: state) }
            }
        }
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
    }

    private static func compress(
        _ bytes: UnsafeBufferPointer<UInt8>, upTo end: Int, _ schedule: UnsafeMutablePointer<UInt32>,
        into state: UnsafeMutablePointer<UInt32>
    ) {
        guard let base = UnsafeRawPointer(bytes.baseAddress) else { return }
        var offset = 0
        while offset < end {
            var word = 0
            while word < 16 {
                schedule[word] = base.loadUnaligned(fromByteOffset: offset &+ 4 &* word, as: UInt32.self).bigEndian
                word &+= 1
            }
            compress(schedule, into: state)
            offset &+= 64
        }
    }

    /// What stands behind the last whole block, then a one bit, zeros, and the length of the whole in bits.
    private static func padded(_ rest: ArraySlice<UInt8>, count: Int) -> [UInt8] {
        var bytes = Array(rest)
        bytes.append(0x80)
        while bytes.count % 64 != 56 { bytes.append(0) }
        let bits = UInt64(count) &* 8
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
        return bytes
    }
}

extension UInt32 {
    /// The bits moved to the right; those that leave come back on the left.
    func rotatedRight(by count: UInt32) -> UInt32 { self &>> count | self &<< (32 &- count) }
}
