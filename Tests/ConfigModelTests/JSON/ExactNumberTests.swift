import ConfigModel
import Testing

/// Numbers by value: one normal form, and an order.
@Suite struct ExactNumberTests {
    @Test(arguments: [
        ("1", "1"), ("1.0", "1"), ("10e-1", "1"), ("10", "1e1"), ("1e1", "1e1"), ("-0", "0"),
        ("0e999999999999999999999", "0"),
        ("-12.50", "-125e-1"), ("123456789012345678", "123456789012345678"), ("1e00400", "1e400"),
        ("18446744073709551617.0", "18446744073709551617"),
        ("0.1e99999999999999999999", "1e99999999999999999998"),
    ])
    func theNormalFormIsTheSameForTheSameNumber(literal: String, normalForm: String) {
        #expect(JSONNumber(literal: literal).normalized.text == normalForm)
        #expect(JSONNumber(literal: normalForm).normalized.text == normalForm)
    }

    /// Each is below the next.
    private static let ascending = [
        "-1e400", "-18446744073709551617", "-10", "-9.99", "-1e-400", "0", "1e-401", "1e-400", "0.1", "1",
        "1.000000000000000000001",
        "9007199254740992", "9007199254740993", "18446744073709551617", "1e400", "1.1e400", "1e500",
    ]

    @Test(arguments: ExactNumberTests.ascending.indices, ExactNumberTests.ascending.indices)
    func numbersAreOrderedByValue(left: Int, right: Int) throws {
        let number = try #require(ExactNumber(JSONNumber(literal: Self.ascending[left])))
        let order = number.order(of: JSONNumber(literal: Self.ascending[right]))
        #expect(order == (right < left ? -1 : right > left ? 1 : 0))
    }

    @Test(arguments: [
        ("0", 0), ("-0", 0), ("1.0", 1), ("12e2", 1_200), ("999999999999999999", 999_999_999_999_999_999),
        ("1e300", .max),
    ])
    func wholeNumbersAreCounts(literal: String, count: Int) {
        #expect(ExactNumber(JSONNumber(literal: literal))?.count == count)
    }

    @Test(arguments: ["-1", "0.5", "1e-1"])
    func othersAreNot(literal: String) { #expect(ExactNumber(JSONNumber(literal: literal))?.count == nil) }

    @Test(arguments: ["1e1152921504606846976", "1e-99999999999999999999"])
    func exponentsThatCannotBeToldApartAreRefused(literal: String) {
        #expect(ExactNumber(JSONNumber(literal: literal)) == nil)
    }
}
