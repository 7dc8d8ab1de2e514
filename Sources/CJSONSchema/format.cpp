#include "format.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

namespace configbus {

namespace {

/// Reads a text from left to right.
class Scanner
{
public:
    explicit Scanner(const std::string &text) : m_text(text) { }

    /// Exactly so many digits with a value between the two.
    bool number(size_t digits, int lowest, int highest, int &value)
    {
        value = 0;
        for (size_t count = 0; count < digits; ++count, ++m_position) {
            if (m_position >= m_text.size() || !isDigit(m_text[m_position])) { return false; }
            value = value * 10 + (m_text[m_position] - '0');
        }
        return value >= lowest && value <= highest;
    }

    /// One of some characters.
    bool oneOf(const char *characters)
    {
        if (m_position >= m_text.size()) { return false; }
        if (std::string(characters).find(m_text[m_position]) == std::string::npos) { return false; }
        ++m_position;
        return true;
    }

    /// At least one digit.
    bool digits()
    {
        const size_t start = m_position;
        while (m_position < m_text.size() && isDigit(m_text[m_position])) { ++m_position; }
        return m_position > start;
    }

    bool isAtEnd() const { return m_position == m_text.size(); }

private:
    static bool isDigit(char character) { return character >= '0' && character <= '9'; }

    const std::string &m_text;
    size_t m_position = 0;
};

int daysIn(int month, int year)
{
    if (month == 2) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28; }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool scanDate(Scanner &scanner)
{
    int year = 0, month = 0, day = 0;
    return scanner.number(4, 0, 9999, year) && scanner.oneOf("-") && scanner.number(2, 1, 12, month)
        && scanner.oneOf("-") && scanner.number(2, 1, daysIn(month, year), day);
}

bool scanTime(Scanner &scanner)
{
    int hour = 0, minute = 0, second = 0;
    if (!(scanner.number(2, 0, 23, hour) && scanner.oneOf(":") && scanner.number(2, 0, 59, minute)
            && scanner.oneOf(":") && scanner.number(2, 0, 60, second))) {
        return false;
    }
    if (scanner.oneOf(".") && !scanner.digits()) { return false; }
    if (scanner.oneOf("Zz")) { return second < 60 || (hour == 23 && minute == 59); }
    int offsetHour = 0, offsetMinute = 0;
    return scanner.oneOf("+-") && scanner.number(2, 0, 23, offsetHour) && scanner.oneOf(":")
        && scanner.number(2, 0, 59, offsetMinute);
}

bool isAddress(int family, const std::string &text)
{
    in6_addr address;
    return text.find('\0') == std::string::npos && inet_pton(family, text.c_str(), &address) == 1;
}

}  // namespace

bool fitsFormat(const std::string &format, const std::string &text)
{
    Scanner scanner(text);
    if (format == "date") { return scanDate(scanner) && scanner.isAtEnd(); }
    if (format == "time") { return scanTime(scanner) && scanner.isAtEnd(); }
    if (format == "date-time") {
        return scanDate(scanner) && scanner.oneOf("Tt") && scanTime(scanner) && scanner.isAtEnd();
    }
    if (format == "ipv4") { return isAddress(AF_INET, text); }
    if (format == "ipv6") { return isAddress(AF_INET6, text); }
    return true;
}

}  // namespace configbus
