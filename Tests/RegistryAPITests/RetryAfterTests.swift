import RegistryAPI
import Testing

@Suite struct RetryAfterTests {
    @Test(
        arguments: [
            ("2", "", .seconds(2)), ("0", "", .zero), ("-1", "", nil), ("soon", "", nil), ("", "", nil),
            ("Fri, 20 Nov 2026 21:30:30 GMT", "Fri, 20 Nov 2026 21:30:00 GMT", .seconds(30)),
            ("Fri, 01 Jan 2027 00:00:01 GMT", "Thu, 31 Dec 2026 23:59:59 GMT", .seconds(2)),
            ("Fri, 20 Nov 2026 21:29:00 GMT", "Fri, 20 Nov 2026 21:30:00 GMT", .zero),
            ("Fri, 20 Nov 1970 21:29:00 GMT", "", .zero), ("Fri, 20 Foo 2026 21:30:30 GMT", "", nil),
            ("Fri, 99 Nov 2026 21:30:30 GMT", "", nil), ("Fri, 20 Nov 2026 21:30:30 CET", "", nil),
        ] as [(String, String, Duration?)])
    func theHeaderIsSecondsOrADate(_ text: String, _ date: String, _ duration: Duration?) {
        #expect(RetryAfter.duration(text, date: date.isEmpty ? nil : date) == duration)
    }
}
