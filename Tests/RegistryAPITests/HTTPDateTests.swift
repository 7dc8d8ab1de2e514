import ConfigModel
import RegistryAPI
import Testing

@Suite struct HTTPDateTests {
    @Test(arguments: [
        ("1994-11-06T08:49:37.999Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("1970-01-01T00:00:00.000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("2024-02-29T23:59:59.000Z", "Thu, 29 Feb 2024 23:59:59 GMT"),
        ("1969-12-31T23:59:59.999Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
        ("2026-11-20T21:30:00.123Z", "Fri, 20 Nov 2026 21:30:00 GMT"),
    ])
    func isTheFixedForm(_ timestamp: String, _ date: String) throws {
        #expect(HTTPDate(try #require(Timestamp(parsing: timestamp))).description == date)
    }
}
