import ConfigModel

/// Integers in other bases, of any size.
enum RadixInteger {
    /// The decimal text of a number that is written in another base.
    ///
    /// - Parameter digits: digits of that base, without prefix and underscores; at most `NotationLimits.digits`.
    static func decimal(_ digits: some Sequence<UInt8>, radix: UInt64) -> String? {
        // Limbs of nine decimal digits, the lowest first.
        var limbs: [UInt64] = [0]
        for byte in digits {
            guard let digit = value(of: byte), digit < radix else { return nil }
            var carry = digit
            for index in limbs.indices {
                let sum = limbs[index] * radix + carry
                limbs[index] = sum % 1_000_000_000
                carry = sum / 1_000_000_000
            }
            if carry > 0 { limbs.append(carry) }
        }
        let rest = limbs.dropLast().reversed().map { limb in
            let text = String(limb)
            return String(repeating: "0", count: 9 - text.count) + text
        }
        return String(limbs[limbs.count - 1]) + rest.joined()
    }

    /// The value of a hexadecimal digit.
    static func value(of byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    /// Takes away underscores that stand between two digits; nil when one stands elsewhere.
    static func withoutUnderscores(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        var followsDigit = false
        for byte in digits {
            guard byte == UInt8(ascii: "_") else {
                result.append(byte)
                followsDigit = true
                continue
            }
            guard followsDigit else { return nil }
            followsDigit = false
        }
        return followsDigit ? result : nil
    }
}
