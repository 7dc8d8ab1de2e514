import ConfigModel
import Testing

@Suite("Numbers by their value") struct JSONNumberValueTests {
    private static let huge = "123456789012345678901234567890"

    private func areEqual(_ left: String, _ right: String) -> Bool {
        JSONNumber(literal: left).isEqualInValue(to: JSONNumber(literal: right))
    }

    @Test(arguments: [
        ("1", "1.0"), ("1", "1e0"), ("1", "10e-1"), ("1", "0.1E+1"), ("1", "1E-0"), ("100", "1e2"),
        ("100", "1.00e+002"),
        ("0", "-0"), ("0", "0.000"), ("0", "0e999999999"), ("-0.0e5", "0"), ("-1", "-1.0"), ("0.5", "5e-1"),
        ("0.0001", "1e-4"), ("120", "12e1"), ("1020.30", "10203e-1"), (huge, huge + ".0"),
        (huge + "0", huge + "e1"),
        // Far beyond every double, and beyond every integer for the exponent itself.
        ("1e999999999", "10e999999998"), ("1e-999999999", "0.1e-999999998"),
        ("1e99999999999999999", "10e99999999999999998"), ("1e100000000000000000", "10e99999999999999999"),
        ("1e-100000000000000000", "0.1e-99999999999999999"), ("1e\(huge)", "0.001e\(huge.dropLast(2))93"),
        ("1e-\(huge)", "1000e-\(huge.dropLast(2))93"), ("1e9999999999999999999999", "0.1e10000000000000000000000"),
        ("1e-9999999999999999999999", "10e-10000000000000000000000"), ("1e+00000000000000000000000007", "10000000"),
    ])
    func areEqualHoweverTheyAreWritten(_ left: String, _ right: String) {
        #expect(areEqual(left, right))
        #expect(areEqual(right, left))
    }

    @Test(arguments: [
        ("1", "-1"), ("1", "1.0000000000000000000000000001"), ("0.1", "0.10000000000000000555"), ("1", "10"),
        ("1e2", "1e-2"), ("1e400", "1e401"), ("1e-400", "0"), ("1e999999999", "1e999999998"),
        (huge, "1.2345678901234568e29"), ("1e\(huge)", "1e-\(huge)"), ("1e\(huge)", "10e\(huge)"),
        ("9007199254740993", "9007199254740992"), ("12", "21"), ("102", "12"),
    ])
    func areDifferentWhenTheirValuesAreByHoweverLittle(_ left: String, _ right: String) {
        #expect(!areEqual(left, right))
        #expect(!areEqual(right, left))
    }
}
