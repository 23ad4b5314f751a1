package io.tallywatt.server.alert;

import io.tallywatt.core.alert.Alert;
import io.tallywatt.core.alert.AlertText;
import io.tallywatt.core.alert.Notifier;
import io.tallywatt.server.report.Text;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jspecify.annotations.Nullable;

/** Sends a mail of plain text to all recipients at once. */
final class MailNotifier implements Notifier {
    /** For connecting, and for each answer of the server. */
    static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final Duration UNTIL_PUT_RIGHT = Duration.ofHours(1);

    private final AlertSettings.Mail mail;
    private final AlertText text;
    private final Clock clock;
    private final Consumer<String> log;
    private final String protocol;
    private final Properties properties;

    /** @param tls null for the JDK's own */
    MailNotifier(
            AlertSettings.Mail mail,
            AlertText text,
            Clock clock,
            Consumer<String> log,
            Duration timeout,
            @Nullable SSLSocketFactory tls) {
        this.mail = mail;
        this.text = text;
        this.clock = clock;
        this.log = log;
        SmtpAddress server = mail.server();
        protocol = server.security() == SmtpAddress.Security.TLS ? "smtps" : "smtp";
        properties = new Properties();
        // The domain of message ids; otherwise they tell the name of the machine and of who runs this.
        properties.setProperty("mail.from", mail.from());
        set("connectiontimeout", timeout.toMillis());
        set("timeout", timeout.toMillis());
        set("writetimeout", timeout.toMillis());
        set("auth", server.user() != null);
        set("starttls.enable", server.security() != SmtpAddress.Security.TLS);
        set("starttls.required", server.security() == SmtpAddress.Security.STARTTLS);
        set("ssl.checkserveridentity", true);
        // One address that is refused keeps nobody else from being told.
        set("sendpartial", true);
        if (tls != null) {
            set("ssl.socketFactory", tls);
        }
    }

    private void set(String name, Object value) {
        String key = "mail." + protocol + "." + name;
        if (value instanceof SSLSocketFactory) {
            properties.put(key, value);
        } else {
            properties.setProperty(key, value.toString());
        }
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public void send(Alert alert) throws NotSent, InterruptedException {
        try {
            Session session = Session.getInstance(properties);
            MimeMessage message = message(session, alert);
            try (Quietly connection = new Quietly(session.getTransport(protocol))) {
                SmtpAddress server = mail.server();
                SmtpAddress.@Nullable Login user = server.user();
                connection.transport.connect(
                        server.host(),
                        server.port(),
                        user == null ? null : user.name(),
                        user == null ? null : user.password().value());
                connection.transport.sendMessage(message, message.getAllRecipients());
            }
        } catch (MessagingException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            judge(e);
        }
    }

    private MimeMessage message(Session session, Alert alert) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(mail.from()));
        for (String to : mail.to()) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
        }
        message.setSubject(text.title(alert), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        // RFC 3834: nobody's out-of-office answers this.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setText(text.body(alert), StandardCharsets.UTF_8.name());
        message.saveChanges();
        return message;
    }

    /** A mail is sent once the server has taken it, whatever comes of the farewell. */
    private record Quietly(Transport transport) implements AutoCloseable {
        @Override
        public void close() {
            try {
                transport.close();
            } catch (MessagingException e) {
                // Too late to matter.
            }
        }
    }

    private void judge(MessagingException failure) throws NotSent {
        String server = mail.server().host() + ":" + mail.server().port();
        switch (failure) {
            case AuthenticationFailedException e ->
                throw new NotSent(
                        server + " did not accept user and password: see to the setting tallywatt.alert.smtp",
                        UNTIL_PUT_RIGHT);
            case MailConnectException e -> throw new NotSent(server + " cannot be reached", true);
            case SendFailedException e -> {
                Address @Nullable [] reached = e.getValidSentAddresses();
                if (reached == null || reached.length == 0) {
                    throw new NotSent(server + " did not take the mail: " + words(e), mayPass(e));
                }
                log.accept("mail: " + server + " did not take the mail for everybody: " + words(e));
            }
            default -> throw new NotSent(server + " broke off: " + words(failure), true);
        }
    }

    /** RFC 5321, 4.2.1: codes of 400 may pass, those of 500 will not. */
    private static boolean mayPass(MessagingException failure) {
        boolean refused = false;
        for (@Nullable Exception e = failure; e instanceof MessagingException m; e = m.getNextException()) {
            int code = code(m);
            if (code >= 400 && code < 500) {
                return true;
            }
            refused |= code >= 500;
        }
        return !refused;
    }

    private static int code(MessagingException failure) {
        return switch (failure) {
            case SMTPSendFailedException e -> e.getReturnCode();
            case SMTPAddressFailedException e -> e.getReturnCode();
            case SMTPSenderFailedException e -> e.getReturnCode();
            default -> 0;
        };
    }

    /** What the server said last, in one line and without the password. */
    private String words(MessagingException failure) {
        Exception last = failure;
        while (last instanceof MessagingException m && m.getNextException() != null) {
            last = m.getNextException();
        }
        String said = AlertText.clean(Text.atMost(String.valueOf(last.getMessage()), 200));
        SmtpAddress.@Nullable Login user = mail.server().user();
        return user == null ? said : user.password().hideIn(said);
    }
}
