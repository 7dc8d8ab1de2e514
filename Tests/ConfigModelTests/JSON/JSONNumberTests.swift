import ConfigModel
import Testing

@Suite struct JSONNumberTests {
    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("42", 42), ("-9223372036854775808", Int64.min), ("9223372036854775807", Int64.max),
            ("9223372036854775808", nil), ("1.0", nil), ("1e2", nil), ("18446744073709551617", nil),
        ] as [(String, Int64?)])
    func isAnIntegerOnlyWhenWrittenAsOne(literal: String, expected: Int64?) {
        #expect(JSONNumber(literal: literal).int64 == expected)
    }

    @Test(
        arguments: [
            ("0.1", 0.1), ("1e2", 100), ("-2.5E-1", -0.25), ("1e400", nil), ("5e-324", Double.leastNonzeroMagnitude),
        ]
            as [(String, Double?)])
    func isTheNearestDouble(literal: String, expected: Double?) {
        #expect(JSONNumber(literal: literal).double == expected)
    }

    @Test func isMadeFromNumbers() throws {
        #expect(JSONNumber(UInt64.max).text == "18446744073709551615")
        #expect(JSONNumber(0.1)?.text == "0.1")
        #expect(JSONNumber(Double.infinity) == nil)
        #expect(JSONNumber(Double.nan) == nil)
        for value in [1e16, Double.leastNonzeroMagnitude, 1.5, -0.0, 1e300] {
            let number = try #require(JSONNumber(value))
            #expect(try JSONValue(parsing: number.text) == .number(number))
        }
    }

    @Test func equalsByItsText() {
        #expect(JSONNumber(literal: "1") != JSONNumber(literal: "1.0"))
        #expect(JSONNumber(literal: "1e2") != JSONNumber(literal: "1E2"))
    }
}
