/// SHA-1 (FIPS 180-4), for nothing but UUIDs of version 5, which are defined by it. It protects nothing.
enum SHA1Hash: BlockHash {
    static let scheduleLength = 80

    static let initialState: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]

    static func compress(_ schedule: UnsafeMutablePointer<UInt32>, into state: UnsafeMutablePointer<UInt32>) {
        for index in 16..<scheduleLength {
            let mixed = schedule[index - 3] ^ schedule[index - 8] ^ schedule[index - 14] ^ schedule[index - 16]
            schedule[index] = mixed.rotatedRight(by: 31)
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for round in 0..<scheduleLength {
            let (mixed, constant) = mix(b, c, d, round: round)
            let next = a.rotatedRight(by: 27) &+ mixed &+ e &+ constant &+ schedule[round]
            (e, d, c, b, a) = (d, c, b.rotatedRight(by: 2), a, next)
        }
        state[0] &+= a
        state[1] &+= b
        state[2] &+= c
        state[3] &+= d
        state[4] &+= e
    }

    private static func mix(_ b: UInt32, _ c: UInt32, _ d: UInt32, round: Int) -> (UInt32, constant: UInt32) {
        switch round {
        case ..<20: (b & c ^ ~b & d, 0x5a82_7999)
        case ..<40: (b ^ c ^ d, 0x6ed9_eba1)
        case ..<60: (b & c ^ b & d ^ c & d, 0x8f1b_bcdc)
        default: (b ^ c ^ d, 0xca62_c1d6)
        }
    }
}
